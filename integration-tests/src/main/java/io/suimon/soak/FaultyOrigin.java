package io.suimon.soak;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An origin that does to a request what its path says: {@code /reset}, {@code /hang}, {@code /half}; a virtual thread each. */
final class FaultyOrigin implements AutoCloseable {

    private final ServerSocket server;

    FaultyOrigin() throws IOException {
        server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("faulty-origin").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void serve(Socket accepted) {
        try (var socket = accepted) {
            var in = socket.getInputStream();
            var head = head(in);
            if (head.startsWith("GET /half ")) {
                var begin = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nthis is";
                socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
            }
            if (head.contains(" /hang ")) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // The gateway went away first.
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return head.toString();
            }
            head.append((char) b);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
