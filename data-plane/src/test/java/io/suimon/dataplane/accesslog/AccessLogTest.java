package io.suimon.dataplane.accesslog;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.engine.http.DescribedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class AccessLogTest {

    @TempDir
    Path folder;

    @Test
    void writesALineForEachExchange() throws IOException {
        var log = open(Map.of("format", "$request_method $request_uri \"$http_x\" $http_none"));

        log.finished(DescribedRequest.get("/a?b=c").header("X", "say \"hi\"").exchange());
        log.finished(DescribedRequest.get("/d").exchange());
        log.close();

        assertThat(lines()).containsExactly("GET /a?b=c \"say \\x22hi\\x22\" -", "GET /d \"-\" -");
        assertThat(log.written()).isEqualTo(2);
    }

    @Test
    void writesJsonThatCanBeRead() throws IOException {
        var log = open(Map.of("format", "{\"uri\":\"$request_uri\",\"agent\":\"$http_x\"}", "escape", "json"));

        log.finished(DescribedRequest.get("/a").header("X", "\"\\\t").exchange());
        log.close();

        assertThat(lines()).containsExactly("{\"uri\":\"/a\",\"agent\":\"\\\"\\\\\\t\"}");
    }

    @Test
    void writesWhatThereIsAfterTheInterval() throws IOException {
        try (var log = open(Map.of("format", "$uri", "flush-interval", "PT0.05S"))) {
            log.finished(DescribedRequest.get("/a").exchange());

            await().untilAsserted(() -> assertThat(lines()).containsExactly("/a"));
        }
    }

    @Test
    void goesOnInANewFileWhenItsOwnWasMovedAway() throws IOException {
        var moved = folder.resolve("moved.log");
        try (var log = open(Map.of("format", "$uri", "flush-interval", "PT0.05S"))) {
            log.finished(DescribedRequest.get("/before").exchange());
            await().until(() -> log.written() == 1);
            Files.move(file(), moved);

            log.finished(DescribedRequest.get("/after").exchange());

            await().until(() -> log.written() == 2);
        }
        assertThat(Files.readAllLines(moved)).containsExactly("/before");
        assertThat(lines()).containsExactly("/after");
    }

    @Test
    void appendsToWhatIsThere() throws IOException {
        Files.writeString(file(), "earlier\n");
        var log = open(Map.of("format", "$uri"));

        log.finished(DescribedRequest.get("/a").exchange());
        log.close();

        assertThat(lines()).containsExactly("earlier", "/a");
    }

    @Test
    void countsLinesAFileThatCannotBeWrittenCosts() throws IOException {
        Files.createDirectory(file());
        var log = open(Map.of("format", "$uri"));

        log.finished(DescribedRequest.get("/a").exchange());
        log.close();

        assertThat(log.dropped()).isEqualTo(1);
        assertThat(log.written()).isZero();
    }

    @Test
    void keepsNoMoreThanItMayForAReaderThatDoesNotRead() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file().toString()).start().waitFor())
                .isZero();
        var line = "x".repeat(1023);
        var log = open(Map.of("format", line, "max-waiting", "131072", "flush-interval", "PT0.01S"));

        IntStream.range(0, 1000)
                .forEach(i -> log.finished(DescribedRequest.get("/").exchange()));

        // One buffer is filled and two wait, 64 lines each; the writer may have taken as many before, in one go.
        assertThat(log.dropped()).isBetween(1000L - 6 * 64, 1000L - 3 * 64);
        try (var reader = Files.newBufferedReader(file())) {
            assertThat(reader.readLine()).isEqualTo(line);
        }
        log.close();
    }

    @Test
    void refusesAFormatThatNeedsTheBody() {
        assertThatThrownBy(() -> open(Map.of("format", "$post_arg.x")))
                .hasMessage("suimon.access-log.format: $post_arg.x (expected: no variable of the request's body)");
    }

    @ParameterizedTest(name = "{0}: {1} (expected: {2})")
    @CsvSource({
        "flush-interval, PT0S,  more than 0",
        "flush-interval, PT-1S, more than 0",
        "max-waiting,    65535, at least 65536",
    })
    void refusesBoundsThatAreNone(String setting, String value, String expected) {
        assertThatThrownBy(() -> open(Map.of(setting, value)))
                .hasMessage("suimon.access-log." + setting + ": " + value + " (expected: " + expected + ")");
    }

    private AccessLog open(Map<String, String> more) {
        var settings = new HashMap<String, String>();
        settings.put("suimon.access-log.enabled", "true");
        settings.put("suimon.access-log.path", file().toString());
        more.forEach((name, value) -> settings.put("suimon.access-log." + name, value));
        return AccessLog.open(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(AccessLogConfig.class)
                .build()
                .getConfigMapping(AccessLogConfig.class));
    }

    private Path file() {
        return folder.resolve("access.log");
    }

    private List<String> lines() throws IOException {
        return Files.exists(file()) ? Files.readAllLines(file()) : List.of();
    }
}
