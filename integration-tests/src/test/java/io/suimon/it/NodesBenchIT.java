package io.suimon.it;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The targets for many nodes and many routes, as the benchmark judges them. */
class NodesBenchIT {

    private static final Duration AT_MOST = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @Test
    void oneChangeReachesTwoThousandNodesInTimeFromASmallControlPlane() throws Exception {
        var run = bench("fleet", "2000");

        assertThat(run.output()).contains("| 2,000 |").doesNotContain("(expected: ");
        assertThat(run.status()).isZero();
    }

    /** How fast they are there is measured on a machine that does nothing else, see docs/scale.md. */
    @Test
    void aHundredThousandRoutesFitIntoANodeAndAChangeOfOneIsASmallMessage() throws Exception {
        var run = bench("routes", "100000");

        assertThat(run.output()).contains("| 100,000 |").doesNotContain(" MiB (expected: ", " B (expected: ");
    }

    private CommandRun bench(String... arguments) throws Exception {
        return CommandRun.of("io.suimon.bench.NodesBench", folder, AT_MOST, arguments);
    }
}
