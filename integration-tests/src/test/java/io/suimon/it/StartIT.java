package io.suimon.it;

import io.suimon.harness.NodeSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A node warms itself up before it is ready, and a start that was recorded can be begun with. */
class StartIT {

    private static final List<String> UNPINNED = List.of();

    /** Root may raise priorities, and so hides that a thread was begun by one that yields. */
    private static final List<String> AS_IN_A_CONTAINER = "root".equals(System.getProperty("user.name"))
            ? List.of("setpriv", "--bounding-set=-sys_nice", "--inh-caps=-sys_nice")
            : UNPINNED;

    private static final int YIELDING = 4; // what Java's lowest priority is to Linux
    private static final int NICE = 16; // behind the name, in /proc/<pid>/task/<tid>/stat
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
    @EnabledOnOs(OS.LINUX)
    void whatCompilesOrTakesChangesInYieldsToTraffic() throws IOException {
        var site = NodeSite.in(Checkout.ROOT, folder);

        Map<String, Integer> nice;
        String log;
        try (var node = site.start(AS_IN_A_CONTAINER, NO_CONTROL_PLANE, Map.of())) {
            log = node.awaitListening().log();
            nice = nice(node.pid());
        }

        assertThat(nice.keySet())
                .anyMatch(thread -> thread.startsWith("suimon-sync-"))
                .anyMatch(thread -> thread.startsWith("C2 CompilerThre"))
                .anyMatch(thread -> thread.startsWith("traffic-"));
        assertThat(nice).allSatisfy((thread, value) -> {
            if (thread.startsWith("suimon-sync") || thread.contains("CompilerThre")) {
                assertThat(value).isEqualTo(YIELDING);
            } else {
                assertThat(value).isZero();
            }
        });
        assertThat(log).doesNotContain("warning");
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

    /** How nice each thread of a process is, by its name as the kernel cuts it. */
    private static Map<String, Integer> nice(long pid) throws IOException {
        var nice = new TreeMap<String, Integer>();
        try (var threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (var thread : threads.toList()) {
                var stat = Files.readString(thread.resolve("stat"));
                int name = stat.lastIndexOf(')');
                nice.put(
                        stat.substring(stat.indexOf('(') + 1, name),
                        Integer.valueOf(stat.substring(name + 2).split(" ", -1)[NICE]));
            }
        }
        return nice;
    }
}
