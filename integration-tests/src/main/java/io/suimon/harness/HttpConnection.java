package io.suimon.harness;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept connection to a port of the loopback address; one request at a time. Not thread-safe. */
public final class HttpConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private boolean kept = true;

    /** @param timeoutMillis for each read */
    public HttpConnection(int port, int timeoutMillis) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(timeoutMillis);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Asks for a path and reads the whole answer; returns its status line. */
    public String get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: load\r\n\r\n");
    }

    /** Puts a body with the key of the Admin API and reads the whole answer; returns its status line. */
    public String put(String path, String json) throws IOException {
        return send("PUT " + path + " HTTP/1.1\r\nHost: load\r\nX-API-KEY: " + ControlPlaneSite.ADMIN_KEY
                + "\r\nContent-Length: " + json.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n\r\n" + json);
    }

    /** Deletes with the key of the Admin API and reads the whole answer; returns its status line. */
    public String delete(String path) throws IOException {
        return send("DELETE " + path + " HTTP/1.1\r\nHost: load\r\nX-API-KEY: " + ControlPlaneSite.ADMIN_KEY
                + "\r\nContent-Length: 0\r\n\r\n");
    }

    private String send(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return readAnswer();
    }

    /** Reads one answer with a Content-Length or chunks. */
    private String readAnswer() throws IOException {
        var status = readLine();
        int length = 0;
        boolean chunked = false;
        for (var line = readLine(); !line.isEmpty(); line = readLine()) {
            var lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            kept &= !lower.equals("connection: close");
            chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
        }
        if (chunked) {
            for (int size = readChunkSize(); size > 0; size = readChunkSize()) {
                in.skipNBytes(size + 2L);
            }
            readLine();
        } else {
            in.skipNBytes(length);
        }
        return status;
    }

    /** Whether the other side takes another request on it, by its own last word. */
    public boolean kept() {
        return kept;
    }

    private int readChunkSize() throws IOException {
        return Integer.parseInt(readLine(), 16);
    }

    private String readLine() throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("connection closed after \"" + line + "\"");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
