package io.suimon.it;

import io.suimon.harness.NodeSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A node warms itself up before it is ready, and a start that was recorded can be begun with. */
class StartIT {

    private static final List<String> UNPINNED = List.of();
    private static final List<Integer> NO_CONTROL_PLANE = List.of(9);

    @TempDir
    Path folder;

    @Test
    @EnabledForJreRange(minVersion = 25, disabledReason = "records starts since JDK 25")
    void aRecordedStartIsWhatTheNextOneBeginsWith() throws IOException {
        var first = NodeSite.in(Checkout.ROOT, Files.createDirectory(folder.resolve("first")));
        var next = NodeSite.in(Checkout.ROOT, Files.createDirectory(folder.resolve("next")));
        var recording = Map.of(
                "SUIMON_WARM_UP_ONLY", "true", "JDK_JAVA_OPTIONS", "-XX:AOTCacheOutput=" + folder.resolve("node.aot"));
        // The mode "on" ends a virtual machine that cannot use what was recorded.
        var recorded = Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=on -XX:AOTCache=" + folder.resolve("node.aot"));

        int exit;
        try (var node = first.start(UNPINNED, NO_CONTROL_PLANE, recording)) {
            exit = node.awaitExit(Duration.ofMinutes(2));
        }
        String log;
        try (var node = next.start(UNPINNED, NO_CONTROL_PLANE, recorded)) {
            log = node.awaitListening().log();
        }

        assertThat(exit).isZero();
        assertThat(folder.resolve("node.aot")).isNotEmptyFile();
        assertThat(log).contains("warmed up by").doesNotContain("[aot]");
    }

    @Test
    void aNodeThatCannotWarmUpCarriesTraffic() {
        var site = NodeSite.in(Checkout.ROOT, folder);
        var noRoom = Map.of("SUIMON_TRAFFIC_MAX_CONNECTIONS", "1"); // its own connections are refused

        String log;
        try (var node = site.start(UNPINNED, NO_CONTROL_PLANE, noRoom)) {
            log = node.awaitListening().log();
        }

        assertThat(log).contains("not warmed up");
    }
}
