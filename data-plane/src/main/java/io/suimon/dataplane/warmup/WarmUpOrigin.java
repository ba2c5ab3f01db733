package io.suimon.dataplane.warmup;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Answers every request with the same hundred bytes, on loopback: a thread per connection, which ends with it.
 *
 * <p>Java's own sockets, not Netty's: what the virtual machine learns of Netty here is to be the proxy's use of it alone.
 */
final class WarmUpOrigin implements AutoCloseable {

    private static final byte[] RESPONSE = ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n"
                    + "x".repeat(100))
            .getBytes(StandardCharsets.ISO_8859_1);

    private final ServerSocket listening;

    private WarmUpOrigin(ServerSocket listening) {
        this.listening = listening;
    }

    static WarmUpOrigin start() throws IOException {
        var origin = new WarmUpOrigin(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
        begin(origin::accept);
        return origin;
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var socket = listening.accept();
                begin(() -> answer(socket));
            }
        } catch (IOException e) {
            // Closed: it was needed no longer.
        }
    }

    private static void begin(Runnable work) {
        Thread.ofPlatform().daemon().name("warm-up-origin").start(work);
    }

    private static void answer(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = socket.getInputStream();
            var out = socket.getOutputStream();
            var buffer = new byte[4096];
            while (readHead(in, buffer)) {
                out.write(RESPONSE);
            }
        } catch (IOException e) {
            // The proxy closed it.
        }
    }

    /** The proxy sends a request at a time, and none has a body. Returns false at the end. */
    private static boolean readHead(InputStream in, byte[] buffer) throws IOException {
        int length = 0;
        while (length < 4 || buffer[length - 2] != '\r' || buffer[length - 4] != '\r') {
            int read = in.read(buffer, length, buffer.length - length);
            if (read <= 0) {
                return false;
            }
            length += read;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
