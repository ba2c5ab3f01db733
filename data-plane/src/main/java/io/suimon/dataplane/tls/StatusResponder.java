package io.suimon.dataplane.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Asks those who know whether certificates are still good, by HTTP. Blocks; thread-safe. */
final class StatusResponder {

    private static final int MAX_ANSWER = 64 * 1024;

    private final Duration timeout;

    /** @param timeout for a whole answer */
    StatusResponder(Duration timeout) {
        this.timeout = timeout;
    }

    /** @throws IOException without an answer in time; the message is one line for people */
    byte[] ask(URI responder, byte[] question) throws IOException {
        long until = System.nanoTime() + timeout.toNanos();
        var connection = (HttpURLConnection) responder.toURL().openConnection();
        try {
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setConnectTimeout(millisLeft(until));
            connection.setReadTimeout(millisLeft(until));
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/ocsp-request");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(question.length);
            try (var out = connection.getOutputStream()) {
                out.write(question);
            }
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("status " + status + " (expected: 200)");
            }
            return body(connection, until);
        } finally {
            connection.disconnect();
        }
    }

    /** A responder that sends a byte now and then has no more time than another. */
    private static byte[] body(HttpURLConnection connection, long until) throws IOException {
        var body = new ByteArrayOutputStream();
        var part = new byte[4096];
        try (var in = connection.getInputStream()) {
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                body.write(part, 0, read);
                if (body.size() > MAX_ANSWER) {
                    throw new IOException("more than " + MAX_ANSWER + " bytes (expected: an answer)");
                }
                connection.setReadTimeout(millisLeft(until));
            }
        }
        return body.toByteArray();
    }

    private static int millisLeft(long until) throws IOException {
        long left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new IOException("no whole answer in time");
        }
        return (int) Math.min(Integer.MAX_VALUE, left);
    }
}
