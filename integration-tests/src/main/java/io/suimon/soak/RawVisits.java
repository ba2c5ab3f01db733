package io.suimon.soak;

import io.suimon.harness.HttpConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Clients that speak HTTP/1.1 by hand: those that behave, and those that go away in the middle of something. */
final class RawVisits {

    private static final int PATIENCE_MILLIS = 20_000;

    private RawVisits() {}

    /** Asks for a path on a connection that is kept, and expects this status. */
    static Visitor keepingAlive(int port, String path, int status) {
        return new Visitor() {
            private @Nullable HttpConnection connection;

            @Override
            public String visit() throws IOException {
                var open = connection;
                if (open == null || !open.kept()) {
                    close();
                    open = new HttpConnection(port, PATIENCE_MILLIS);
                    connection = open;
                }
                return expected(status, open.get(path));
            }

            @Override
            public void close() throws IOException {
                if (connection != null) {
                    connection.close();
                }
            }
        };
    }

    private static String expected(int status, String line) {
        return line.startsWith("HTTP/1.1 " + status + " ") ? "" : line;
    }

    /** Asks on a connection of its own. */
    static Visitor closing(int port, String path) {
        return () -> {
            var request = "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            try (var socket = connected(port, request)) {
                var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                return answer.startsWith("HTTP/1.1 200 ")
                        ? ""
                        : answer.lines().findFirst().orElse("nothing");
            }
        };
    }

    /** Is told of a length, and gets less: the connection has to end before. */
    static Visitor cutOff(int port, String path) {
        return () -> {
            try (var connection = new HttpConnection(port, PATIENCE_MILLIS)) {
                return "a whole response: " + connection.get(path);
            } catch (SocketTimeoutException e) {
                return "a response that does not end";
            } catch (IOException e) {
                return "";
            }
        };
    }

    /** Sends this, waits for an answer for a moment, and resets the connection. */
    static Visitor goneBehind(int port, String begin) {
        return () -> {
            try (var socket = connected(port, begin)) {
                awaitAnswer(socket, ThreadLocalRandom.current().nextInt(1, 30));
                socket.setSoLinger(true, 0);
            }
            return "";
        };
    }

    private static void awaitAnswer(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            var unused = socket.getInputStream().read();
        } catch (SocketTimeoutException | SocketException e) {
            // Answered or not: it goes away.
        }
    }

    private static Socket connected(int port, String sent) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
