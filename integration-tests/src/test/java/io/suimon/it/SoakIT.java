package io.suimon.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code ./suimon soak}, as short as it can be; the long one is a command of its own. */
class SoakIT {

    @TempDir
    Path folder;

    @Test
    void nothingIsLeftOfTrafficWithFaults() throws Exception {
        int status = soak("--seconds", "10");

        assertThat(status).as(output()).isZero();
        assertThat(output())
                .contains("ok   HTTP/2: ", "ok   gRPC: ", "ok   WebSocket: ", "ok   buffers: ", "ok   threads: ")
                .contains("Nothing is left, and all was as it should be.")
                .doesNotContain("NOT  ");
    }

    @Test
    void aWrongOptionIsNamed() throws Exception {
        int status = soak("--minutes", "0");

        assertThat(status).isEqualTo(2);
        assertThat(output()).contains("--minutes: 0 (expected: 1..1440)");
    }

    private int soak(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dsuimon.root=" + Checkout.ROOT,
                "-Dsuimon.work=" + folder,
                "io.suimon.soak.Soak"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        try {
            assertThat(process.waitFor(300, TimeUnit.SECONDS))
                    .as("ends in time")
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroy();
        }
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }
}
