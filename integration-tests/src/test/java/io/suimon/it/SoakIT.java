package io.suimon.it;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code ./suimon soak}, as short as it can be; the long one is a command of its own. */
class SoakIT {

    private static final Duration AT_MOST = Duration.ofMinutes(15);

    @TempDir
    Path folder;

    @Test
    void nothingIsLeftOfTrafficWithFaults() throws Exception {
        var run = soak("--seconds", "10");

        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("ok   HTTP/2: ", "ok   gRPC: ", "ok   WebSocket: ", "ok   buffers: ", "ok   threads: ")
                .contains("Nothing is left, and all was as it should be.")
                .doesNotContain("NOT  ");
    }

    @Test
    void aWrongOptionIsNamed() throws Exception {
        var run = soak("--minutes", "0");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.output()).contains("--minutes: 0 (expected: 1..1440)");
    }

    private CommandRun soak(String... arguments) throws IOException, InterruptedException {
        return CommandRun.of("io.suimon.soak.Soak", folder, AT_MOST, arguments);
    }
}
