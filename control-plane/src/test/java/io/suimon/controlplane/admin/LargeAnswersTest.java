package io.suimon.controlplane.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A list of 12 MB where 16 MB may lie in memory: one client that does not read takes the room of everybody. */
class LargeAnswersTest {

    private static final String LIST = "/apisix/admin/routes";
    private static final int LIST_BYTES = 12_000_000;

    @TempDir
    Path folder;

    private AdminServer started(Map<String, String> settings) throws Exception {
        var admin = new AdminServer(folder, settings);
        var body =
                "{\"uri\":\"/x\",\"upstream\":{\"nodes\":{\"127.0.0.1:1\":1}},\"plugins\":{\"response-rewrite\":{\"body\":\""
                        + "x".repeat(1_000_000) + "\"}}}";
        for (int i = 0; i < LIST_BYTES / 1_000_000; i++) {
            assertThat(admin.send("PUT", LIST + "/" + i, body).statusCode()).isEqualTo(201);
        }
        return admin;
    }

    /** Asks for the list, and reads its status alone, with which it has its room; the system holds no more than it must. */
    private static Socket askWithoutReading(AdminServer admin) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), admin.port()));
        var request = "GET " + LIST + " HTTP/1.1\r\nHost: a\r\nX-API-KEY: " + AdminServer.KEY + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
        return socket;
    }

    private static int status(AdminServer admin) {
        return admin.send("GET", LIST, "").statusCode();
    }

    @Test
    void listWithoutRoomIsRefusedUntilThereIsSome() throws Exception {
        try (var admin = started(Map.of("suimon.admin.max-answer-memory", "16M"))) {
            var refused = refusedBesideAnIdleClient(admin);

            assertThat(refused)
                    .matches(
                            "\\{\"error_msg\":\"an answer of 12\\d{6} bytes has no room beside those that clients have not"
                                    + " taken yet \\(limit 16777216\\): ask for pages\"}\n");
            await().until(() -> status(admin) == 200);
        }
    }

    /** What the list is answered while a client does not take it. */
    private static String refusedBesideAnIdleClient(AdminServer admin) throws IOException {
        try (var idle = askWithoutReading(admin)) {
            await().until(() -> status(admin) == 503);
            assertThat(idle.isClosed()).isFalse();
            return admin.send("GET", LIST, "").body();
        }
    }

    @Test
    void clientThatTakesTooLongIsCutOff() throws Exception {
        var settings = Map.of("suimon.admin.max-answer-memory", "16M", "suimon.admin.answer-timeout", "8s");
        try (var admin = started(settings);
                var idle = askWithoutReading(admin)) {
            await().until(() -> status(admin) == 503);

            await().until(() -> status(admin) == 200);

            assertThat(readToTheEnd(idle)).isLessThan(LIST_BYTES);
        }
    }

    /** How many bytes come until the end, or until the connection breaks. */
    private static int readToTheEnd(Socket socket) {
        int read = 0;
        try {
            while (socket.getInputStream().read() >= 0) {
                read++;
            }
        } catch (IOException e) {
            // Broken is an end, too.
        }
        return read;
    }
}
