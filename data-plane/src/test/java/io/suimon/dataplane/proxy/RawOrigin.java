package io.suimon.dataplane.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An origin that does with each connection exactly what a test says, byte for byte. */
final class RawOrigin implements AutoCloseable {

    /** Serves one connection; it is closed when this returns. */
    interface Script {
        void serve(Connection connection) throws IOException;
    }

    /** One accepted connection. */
    final class Connection {
        final Socket socket;
        final int number;
        private final InputStream in;

        private Connection(Socket socket, int number) throws IOException {
            this.socket = socket;
            this.number = number;
            this.in = socket.getInputStream();
        }

        /** Reads the next head with its empty line; empty at the end of the connection. */
        String head() throws IOException {
            var head = new StringBuilder();
            while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
                int b = in.read();
                if (b < 0) {
                    return "";
                }
                head.append((char) b);
            }
            heads.add(head.toString());
            return head.toString();
        }

        String read(int bytes) throws IOException {
            return Wire.text(in.readNBytes(bytes));
        }

        /** Reads to the end of the text given. */
        String until(String end) throws IOException {
            var text = new StringBuilder();
            while (text.indexOf(end) < 0) {
                int b = in.read();
                if (b < 0) {
                    return text.toString();
                }
                text.append((char) b);
            }
            return text.toString();
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(Wire.bytes(text));
            socket.getOutputStream().flush();
        }
    }

    final List<String> heads = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> open = new ArrayList<>();
    private final ServerSocket server;
    private final Script script;

    RawOrigin(Script script) throws IOException {
        this(script, new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()));
    }

    /** On a socket of any kind. */
    RawOrigin(Script script, ServerSocket server) {
        this.script = script;
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers every request on every connection with this. */
    static RawOrigin answering(String response) throws IOException {
        return new RawOrigin(connection -> {
            while (!connection.head().isEmpty()) {
                connection.send(response);
            }
        });
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                socket.setTcpNoDelay(true);
                synchronized (open) {
                    open.add(socket);
                }
                var connection = new Connection(socket, connections.incrementAndGet());
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Connection connection) {
        try (connection.socket) {
            script.serve(connection);
        } catch (IOException e) {
            // The gateway hung up, which tests see on their own side.
        }
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (open) {
            for (var socket : open) {
                socket.close();
            }
        }
    }
}
