package io.suimon.bench.admin;

import io.suimon.harness.Commands;
import io.suimon.harness.Console;
import io.suimon.harness.Descendants;
import io.suimon.harness.EtcdCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Measures the Admin API of a control-plane process; what {@code ./suimon bench admin} runs. */
public final class AdminBench {

    /** Writes are forced to the disk, as etcd does by itself; what was overwritten does not fill its quota. */
    private static final String[] ETCD_OPTIONS = {
        "--unsafe-no-fsync=false", "--auto-compaction-mode=periodic", "--auto-compaction-retention=1m"
    };

    private final AdminOptions options;
    private final Path root;
    private final Path work;
    private final AdminReport report;

    private AdminBench(AdminOptions options, Path root, Path work) {
        this.options = options;
        this.root = root;
        this.work = work;
        this.report = new AdminReport(options);
    }

    /**
     * Options as in {@code ./suimon bench admin --help}; {@code suimon.root} and {@code suimon.work} name the folders. Ends with 2 for a
     * wrong option, with 1 when something could not be measured; a target that is missed is a finding, and no failure.
     */
    public static void main(String[] arguments) {
        var root = Path.of(System.getProperty("suimon.root", ".")).toAbsolutePath();
        var work = Path.of(System.getProperty("suimon.work", "target/bench"))
                .toAbsolutePath()
                .resolve("admin-" + ProcessHandle.current().pid());
        Descendants.endWithThisProcess();
        int status;
        try {
            new AdminBench(AdminOptions.parse(List.of(arguments), root), root, work).run();
            status = 0;
        } catch (IllegalArgumentException e) {
            status = failed(2, e);
        } catch (IllegalStateException | UncheckedIOException | IOException e) {
            status = failed(1, e);
        }
        System.exit(status);
    }

    private static int failed(int status, Exception reason) {
        Console.complain(reason);
        return status;
    }

    private void run() throws IOException {
        for (var store : options.stores()) {
            var folder = Files.createDirectories(work.resolve(store.word()));
            Console.say("\nMeasuring on the " + store.word() + " store; what the processes say: " + folder);
            Console.say(
                    switch (store) {
                        case EMBEDDED -> embedded(folder);
                        case ETCD -> etcd(folder);
                    });
        }
        Files.writeString(options.output(), report.page());
        Console.say("Written: " + options.output());
    }

    private String embedded(Path folder) {
        try (var controlPlane = ControlPlaneUnderTest.start(root, folder, Map.of())) {
            var few = new FewRoutes(controlPlane, load(), null).measure();
            return report.section("the embedded store", few, many(controlPlane), options.routes());
        }
    }

    private String etcd(Path folder) {
        var version = etcdVersion();
        try (var etcd = EtcdCluster.start(1, folder, ETCD_OPTIONS)) {
            var member = etcd.members().getFirst();
            var settings = Map.of(
                    "SUIMON_STORE_TYPE", "etcd", "SUIMON_STORE_ETCD_ENDPOINTS", "http://127.0.0.1:" + member.port());
            try (var controlPlane = ControlPlaneUnderTest.start(root, folder, settings)) {
                var few = new FewRoutes(controlPlane, load(), member).measure();
                return report.section(version, few, many(controlPlane), options.routes());
            }
        }
    }

    private static String etcdVersion() {
        try {
            return Commands.output(List.of("etcd", "--version"))
                    .lines()
                    .findFirst()
                    .orElse("etcd")
                    .replace(" Version:", "");
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(
                    "etcd: cannot be started (expected: etcd on the PATH; Debian: apt-get install etcd-server)", e);
        }
    }

    private List<Finding> many(ControlPlaneUnderTest controlPlane) {
        Console.say("  loading routes ...");
        return new ManyRoutes(controlPlane, options.routes(), load()).measure();
    }

    private Duration load() {
        return Duration.ofSeconds(options.seconds());
    }
}
