package io.suimon.bench.admin;

import io.suimon.harness.ControlPlaneSite;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A keep-alive connection to an Admin API, as cheap as can be: load and control plane share the machine. Reads answers to their end
 * and keeps nothing of their bodies. One thread.
 */
final class AdminConnection implements AutoCloseable {

    private static final int ANSWER_WITHIN_MILLIS = 60_000;
    private static final int MAX_LINE = 8 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;

    private AdminConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    static AdminConnection open(int port) {
        try {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
            return new AdminConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request with the key, ready to be sent any number of times; an empty body is none. */
    static byte[] request(String method, String path, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = method + " /apisix/admin/" + path + " HTTP/1.1\r\nHost: localhost\r\nX-API-KEY: "
                + ControlPlaneSite.ADMIN_KEY + (bytes.length == 0 ? "" : "\r\nContent-Length: " + bytes.length)
                + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    /** Sends a request, and returns how many nanoseconds its answer took. An answer but 2xx is a failure of the benchmark. */
    long send(byte[] request) {
        long begun = System.nanoTime();
        try {
            socket.getOutputStream().write(request);
            int status = read();
            if (status / 100 != 2) {
                throw new IllegalStateException("the Admin API answers " + status + " to "
                        + new String(request, StandardCharsets.UTF_8)
                                .lines()
                                .findFirst()
                                .orElse(""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return System.nanoTime() - begun;
    }

    private int read() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        long length = 0;
        boolean chunked = false;
        for (var header = line(); !header.isEmpty(); header = line()) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(
                        lower.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
        }
        if (chunked) {
            skipChunks();
        } else {
            skip(length);
        }
        return status;
    }

    private void skipChunks() throws IOException {
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            skip(size);
            line();
        }
        line();
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = next(); c != '\n'; c = next()) {
            if (line.length() > MAX_LINE) {
                throw new IOException("line: longer than " + MAX_LINE);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private void skip(long bytes) throws IOException {
        for (long left = bytes; left > 0; ) {
            fill();
            int taken = (int) Math.min(left, end - at);
            at += taken;
            left -= taken;
        }
    }

    private int next() throws IOException {
        fill();
        return buffer[at++] & 0xff;
    }

    private void fill() throws IOException {
        if (at == end) {
            end = in.read(buffer);
            at = 0;
            if (end < 0) {
                end = 0;
                throw new EOFException("the Admin API closed the connection");
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
