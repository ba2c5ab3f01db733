package io.suimon.dataplane.warmup;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Several connections that send their requests at once and then take all answers, one round after another; by the calling thread. */
final class WarmUpClients {

    private static final int CONNECTIONS = 8;
    private static final int FILTERED_EACH = 8;
    private static final int ANSWER_MILLIS = 2000;

    private static final byte[] PLAIN = request("/warm");
    private static final byte[] FILTERED = request("/filtered/warm");

    private WarmUpClients() {}

    /** Returns how many requests were answered within the time. */
    static long send(int port, int requestsPerConnection, Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        var buffer = new byte[4096];
        long rounds = 0;
        while (System.nanoTime() - end < 0) {
            rounds += sendOnNewConnections(port, requestsPerConnection, end, buffer);
        }
        return rounds * CONNECTIONS;
    }

    private static long sendOnNewConnections(int port, int requests, long end, byte[] buffer) throws IOException {
        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                sockets.add(connect(port));
            }
            long rounds = 0;
            while (rounds < requests && System.nanoTime() - end < 0) {
                round(sockets, rounds++ % FILTERED_EACH == 0 ? FILTERED : PLAIN, buffer);
            }
            return rounds;
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS);
        return socket;
    }

    private static void round(List<Socket> sockets, byte[] request, byte[] buffer) throws IOException {
        for (var socket : sockets) {
            socket.getOutputStream().write(request);
        }
        for (var socket : sockets) {
            readAnswer(socket.getInputStream(), buffer);
        }
    }

    /** The head may be of any length; behind it are the origin's hundred bytes, which end as nothing else does. */
    private static void readAnswer(InputStream in, byte[] buffer) throws IOException {
        int length = 0;
        while (length < 2 || buffer[length - 1] != 'x' || !endsHundred(buffer, length)) {
            int read = in.read(buffer, length, buffer.length - length);
            if (read <= 0) {
                throw new IOException("a warm-up request was not answered");
            }
            length += read;
        }
    }

    private static boolean endsHundred(byte[] buffer, int length) {
        return length > 104 && buffer[length - 101] == '\n';
    }

    private static byte[] request(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: warm.up\r\nUser-Agent: suimon\r\nAccept: */*\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
