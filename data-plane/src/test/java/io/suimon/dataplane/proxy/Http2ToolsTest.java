package io.suimon.dataplane.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** HTTP/2 as clients of others speak it. */
class Http2ToolsTest {

    @TempDir
    private Path folder;

    private final RawOrigin origin = echo();
    private final TestGateway gateway = new TestGateway().route(TestGateway.upstream(origin.port()));

    /** Answers each request with as many bytes as it was sent. */
    private static RawOrigin echo() {
        try {
            return new RawOrigin(connection -> {
                for (var head = connection.head(); !head.isEmpty(); head = connection.head()) {
                    var length = head.lines()
                            .filter(line ->
                                    line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length: "))
                            .mapToInt(line -> Integer.parseInt(line.substring(16)))
                            .findFirst()
                            .orElse(0);
                    var body = connection.read(length);
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + body);
                }
            });
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void start() throws IOException {
        gateway.start();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    private String uri() {
        return "http://127.0.0.1:" + gateway.port() + "/x";
    }

    @Test
    void curlSendsAndGetsALargeBody() throws IOException {
        var body = Files.write(folder.resolve("body"), new byte[4 * 1024 * 1024]);
        var command = List.of(
                "curl",
                "-sS",
                "--http2-prior-knowledge",
                "--data-binary",
                "@" + body,
                "-o",
                "answer",
                "-w",
                "%{http_version} %{http_code} %{size_download}",
                uri());

        var outcome = TestCommands.call(folder, command, "");

        assertThat(outcome).isEqualTo(new TestCommands.Outcome(0, "2 200 4194304"));
        assertThat(Files.mismatch(body, folder.resolve("answer"))).isEqualTo(-1);
    }

    @Test
    void nghttpGetsTwoStreamsOfOneConnection() {
        var outcome = TestCommands.call(folder, List.of("nghttp", "-vn", uri() + "?1", uri() + "?2"), "");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output().lines().filter(line -> line.contains(":status: 200")))
                .hasSize(2);
        assertThat(gateway.listener().counts().accepted()).isEqualTo(1);
    }

    @Test
    void h2loadIsAnsweredEveryTime() {
        var command = List.of("h2load", "-n", "5000", "-c", "10", "-m", "20", uri());

        var outcome = TestCommands.call(folder, command, "");

        assertThat(outcome.output()).contains("5000 succeeded, 0 failed, 0 errored, 0 timeout");
    }
}
