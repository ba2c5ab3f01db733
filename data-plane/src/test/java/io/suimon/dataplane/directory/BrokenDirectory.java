package io.suimon.dataplane.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A directory on loopback that does not what it should. */
final class BrokenDirectory implements AutoCloseable {

    /** What it does with a connection; it is closed afterwards. */
    interface Script {
        void serve(Socket socket) throws IOException;
    }

    private final ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private BrokenDirectory(Script script) throws IOException {
        Thread.ofVirtual().start(() -> accept(script));
    }

    /** Listens, and never says anything. */
    static BrokenDirectory hanging() throws IOException {
        return new BrokenDirectory(socket -> drain(socket.getInputStream()));
    }

    /** Closes every connection at once. */
    static BrokenDirectory closing() throws IOException {
        return new BrokenDirectory(socket -> {});
    }

    /** Sends these bytes as soon as it is asked something, and then waits. */
    static BrokenDirectory saying(byte... bytes) throws IOException {
        return new BrokenDirectory(socket -> {
            socket.getInputStream().read();
            socket.getOutputStream().write(bytes);
            drain(socket.getInputStream());
        });
    }

    /** Begins a long answer and goes on with it, a byte at a time, for ever. */
    static BrokenDirectory dripping() throws IOException {
        return new BrokenDirectory(socket -> {
            socket.getInputStream().read();
            socket.getOutputStream().write(new byte[] {0x30, (byte) 0x82, 0x7f, 0x7f});
            socket.setSoTimeout(20);
            drip(socket.getInputStream(), socket.getOutputStream());
        });
    }

    private static void drip(InputStream in, OutputStream out) throws IOException {
        while (true) {
            try {
                if (in.read() < 0) {
                    return;
                }
            } catch (SocketTimeoutException e) {
                out.write(1);
            }
        }
    }

    private static void drain(InputStream in) throws IOException {
        while (in.read() >= 0) {
            // Whatever it is asked.
        }
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket, script));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, Script script) {
        try (socket) {
            script.serve(socket);
        } catch (IOException e) {
            // The other side left.
        }
        open.remove(socket);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Connections that nobody has closed. */
    int open() {
        return open.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : open) {
            socket.close();
        }
    }
}
