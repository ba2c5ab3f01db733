package io.suimon.harness;

import io.suimon.process.TestPatience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PortsTest {

    @Test
    void noPortIsGivenAwayTwiceAndNoneIsOneOfTheSystems() {
        var ports = IntStream.range(0, 100)
                .boxed()
                .flatMap(i -> Ports.free(5).stream())
                .toList();

        assertThat(ports).hasSize(500).doesNotHaveDuplicates().allMatch(port -> port >= 11_000 && port < 32_768);
    }

    @Test
    void movedPortsBelongToWhoeverMovedThemFirst() {
        int one = Ports.offset(List.of(9_080, 9_180));
        int other = Ports.offset(List.of(9_080, 9_180));

        assertThat(List.of(9_080 + one, 9_180 + one, 9_080 + other, 9_180 + other))
                .doesNotHaveDuplicates();
    }

    @Test
    void anotherProcessGetsOthers() throws Exception {
        var own = Ports.free(500);

        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Path.of("target/classes").toAbsolutePath() + ":"
                                + Path.of("target/test-classes").toAbsolutePath(),
                        PortTaker.class.getName(),
                        "500")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var others = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(Integer::valueOf)
                .collect(Collectors.toSet());

        assertThat(process.waitFor(TestPatience.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(others).hasSize(500).doesNotContainAnyElementsOf(own);
    }

    /** A process that takes so many ports and names them. */
    static final class PortTaker {
        private PortTaker() {}

        @SuppressWarnings("SystemOut") // what it says is what its parent reads
        public static void main(String[] arguments) {
            Ports.free(Integer.parseInt(arguments[0])).forEach(System.out::println);
        }
    }
}
