package io.suimon.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that ask one path again and again over kept connections, and remember every answer that was not the expected one. */
final class SteadyLoad implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger answered = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Future<?>> clients = new ArrayList<>();

    /** Starts so many clients, which ask {@code requests} times in all and then end. */
    SteadyLoad(int port, String path, int clientCount, int requests) {
        var left = new AtomicInteger(requests);
        for (int i = 0; i < clientCount; i++) {
            clients.add(threads.submit(() -> ask(port, path, left)));
        }
    }

    private void ask(int port, String path, AtomicInteger left) {
        var request = ("GET " + path + " HTTP/1.1\r\nHost: load\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            while (left.getAndDecrement() > 0) {
                socket.getOutputStream().write(request);
                var status = readAnswer(socket.getInputStream());
                if (status.startsWith("HTTP/1.1 200 ")) {
                    answered.incrementAndGet();
                } else {
                    failures.add(status);
                }
            }
        } catch (IOException e) {
            failures.add(e.toString());
        }
    }

    /** Reads one answer with a Content-Length or chunks, and returns its status line. */
    private static String readAnswer(InputStream in) throws IOException {
        var status = readLine(in);
        int length = 0;
        boolean chunked = false;
        for (var line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            var lower = line.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
        }
        if (chunked) {
            for (int size = readChunkSize(in); size > 0; size = readChunkSize(in)) {
                in.skipNBytes(size + 2L);
            }
            readLine(in);
        } else {
            in.skipNBytes(length);
        }
        return status;
    }

    private static int readChunkSize(InputStream in) throws IOException {
        return Integer.parseInt(readLine(in), 16);
    }

    private static String readLine(InputStream in) throws IOException {
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

    int answered() {
        return answered.get();
    }

    /** Waits until all clients are done, and returns what went wrong. */
    List<String> awaitFailures() throws Exception {
        for (var client : clients) {
            client.get();
        }
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
