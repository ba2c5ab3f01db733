package io.suimon.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class DescendantsTest {

    /** Starts a process that would go on for ten minutes, says its id and waits. */
    static final class Starter {

        private Starter() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Descendants.endWithThisProcess();
            var started = new ProcessBuilder("sleep", "600").start();
            Console.say("" + started.pid());
            started.waitFor();
        }
    }

    @Test
    void endWithTheProcessThatIsToldToEnd() throws Exception {
        var starter = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = new BufferedReader(new InputStreamReader(starter.getInputStream(), UTF_8))) {
            var started = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();

            starter.destroy();

            assertThat(started.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
        } finally {
            starter.destroyForcibly();
        }
    }
}
