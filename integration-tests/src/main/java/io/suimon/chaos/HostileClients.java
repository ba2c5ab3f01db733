package io.suimon.chaos;

import io.suimon.harness.Beat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Clients that mean harm to the first node. */
final class HostileClients implements Fault {

    private static final int SLOW_CONNECTIONS = 500;

    /** Messages that two readers could understand differently: each must be refused. */
    private static final Map<String, String> AMBIGUOUS = new TreeMap<>(Map.of(
            "two lengths",
            "POST /steady HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            "length and chunks",
            "POST /steady HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "unknown coding behind chunks",
            "POST /steady HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            "space before the colon",
            "GET /steady HTTP/1.1\r\nHost : a\r\n\r\n",
            "folded line",
            "GET /steady HTTP/1.1\r\nHost: a\r\nX-Folded: one\r\n two\r\n\r\n",
            "bare CR",
            "GET /steady HTTP/1.1\r\nHost: a\r\nX-Bare: one\rtwo\r\n\r\n",
            "signed length",
            "POST /steady HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello",
            "two hosts",
            "GET /steady HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"));

    private final ConcurrentLinkedQueue<Socket> slow = new ConcurrentLinkedQueue<>();
    private @Nullable Beat beat;

    @Override
    public void inject(Testbed bed) throws IOException {
        int port = bed.nodeSites().getFirst().trafficPort();
        for (int i = 0; i < SLOW_CONNECTIONS; i++) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            write(socket, "GET /steady HTTP/1.1\r\nHost: slow\r\nX-Slow: ");
            slow.add(socket);
        }
        beat = new Beat("slowloris", Duration.ofMillis(500), due -> slow.forEach(socket -> write(socket, "a")));
    }

    private static void write(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // It was refused, as it should be.
        }
    }

    Finding ambiguousIsRefused(Testbed bed) {
        var accepted = new ArrayList<String>();
        AMBIGUOUS.forEach((name, message) -> {
            var answer = answerTo(bed, message);
            if (!answer.startsWith("HTTP/1.1 400 ")) {
                accepted.add(name + ": " + answer);
            }
        });
        return new Finding(
                AMBIGUOUS.size() + " ambiguous requests",
                "each answered 400",
                accepted.isEmpty() ? "all answered 400" : String.join("; ", accepted),
                accepted.isEmpty());
    }

    Finding oversizedIsRefused(Testbed bed) {
        var answers = List.of(
                answerTo(bed, "GET /steady HTTP/1.1\r\nHost: a\r\nX-Large: " + "x".repeat(60_000) + "\r\n\r\n"),
                answerTo(bed, "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"));
        boolean kept = answers.get(0).contains(" 431 ") && answers.get(1).contains(" 414 ");
        return new Finding(
                "a head of 60 KB, and a request line of 20 KB", "431 and 414", String.join(", ", answers), kept);
    }

    private static String answerTo(Testbed bed, String message) {
        try (var socket = new Socket(
                InetAddress.getLoopbackAddress(), bed.nodeSites().getFirst().trafficPort())) {
            socket.setSoTimeout(5_000);
            write(socket, message);
            var line = new StringBuilder();
            for (int b = socket.getInputStream().read();
                    b >= 0 && b != '\r';
                    b = socket.getInputStream().read()) {
                line.append((char) b);
            }
            return line.toString();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public void heal(Testbed bed) throws IOException {
        if (beat != null) {
            beat.close();
        }
        for (var socket = slow.poll(); socket != null; socket = slow.poll()) {
            socket.close();
        }
    }
}
