package io.suimon.controlplane.admin;

import io.suimon.process.InvalidSettingException;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AdminListenerTest {

    private static final String HEAD = "PUT /apisix/admin/services/slow HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
            + "X-API-KEY: " + AdminServer.KEY + "\r\n\r\n";

    @TempDir
    Path folder;

    @Test
    void aRequestUnderWayIsAnsweredWhileNewOnesAreRefused() throws Exception {
        try (var server = new AdminServer(folder);
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write((HEAD + "{").getBytes(StandardCharsets.US_ASCII));
            server.send("GET", "/apisix/admin/routes", "");

            var stopped = CompletableFuture.runAsync(server::stopListening);
            Awaitility.await()
                    .until(() -> server.send("GET", "/apisix/admin/routes", "")
                            .body()
                            .contains("shutting down"));
            socket.getOutputStream().write('}');
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 201 ");
            assertThat(stopped).succeedsWithin(TestPatience.LONG);
        }
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings =
                    Map.of("suimon.store.path", folder.toString(), "suimon.admin.port", "" + taken.getLocalPort());

            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> new AdminServer(settings).close())
                    .withMessage("suimon.admin.port: " + taken.getLocalPort()
                            + " on 127.0.0.1 cannot be bound (expected: a free port of this machine)");
        }
    }
}
