package io.suimon.dataplane.discovery.dns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ServersFileTest {

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void write() throws IOException {
        path = Files.writeString(folder.resolve("resolv.conf"), "nameserver 10.0.0.1\n");
    }

    @Test
    void aFileThatIsAsItWasIsNotReadAgain() {
        var file = new ServersFile(path);

        assertThat(file.changed()).isEmpty();
        assertThat(file.read()).hasToString("[/10.0.0.1:53]");
    }

    @Test
    void aFileThatWasWrittenIsReadOnce() throws IOException {
        var file = new ServersFile(path);
        Files.writeString(path, "nameserver 10.0.0.2\nnameserver 10.0.0.3\n");

        var servers = file.changed();

        assertThat(servers.orElseThrow()).hasToString("[/10.0.0.2:53, /10.0.0.3:53]");
        assertThat(file.changed()).isEmpty();
    }

    @Test
    void aFileThatWasReplacedByOneOfTheSameSizeIsRead() throws IOException {
        var file = new ServersFile(path);
        var other = Files.writeString(folder.resolve("other"), "nameserver 10.0.0.9\n");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(path));
        Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);

        assertThat(file.changed().orElseThrow()).hasToString("[/10.0.0.9:53]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "options ndots:5", "nameserver dns.test", "nameserver 1.2.3.4:5353"})
    void whatNamesNoServersIsPassedOverUntilItDoes(String text) throws IOException {
        var file = new ServersFile(path);
        Files.writeString(path, text);
        assertThat(file.changed()).isEmpty();

        Files.writeString(path, "nameserver 10.0.0.254\n");

        assertThat(file.changed().orElseThrow()).hasToString("[/10.0.0.254:53]");
    }

    @Test
    void aFileThatIsGoneIsAwaited() throws IOException {
        var file = new ServersFile(path);
        Files.delete(path);
        assertThat(file.changed()).isEmpty();

        Files.writeString(path, "nameserver 10.0.0.254\n");

        assertThat(file.changed().orElseThrow()).hasToString("[/10.0.0.254:53]");
    }

    @Test
    void whoFollowsItIsToldOfEachChange() throws IOException {
        var told = new CopyOnWriteArrayList<String>();
        try (var file = new ServersFile(path)) {
            file.follow(Duration.ofMillis(10), servers -> told.add(servers.toString()));

            Files.move(
                    Files.writeString(folder.resolve("other"), "nameserver 10.0.0.2\n"),
                    path,
                    StandardCopyOption.REPLACE_EXISTING);

            await().atMost(Duration.ofSeconds(20)).until(() -> told.equals(List.of("[/10.0.0.2:53]")));
        }
    }
}
