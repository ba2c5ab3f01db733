package io.suimon.bench.propagation;

import io.suimon.harness.Console;
import io.suimon.harness.Descendants;
import io.suimon.harness.HttpConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Measures how fast changes take effect; what {@code ./suimon bench propagation} runs. */
public final class PropagationBench {

    private static final int WARM_UP_SAMPLES = 2_000;

    /** After so many edits the compilers of both planes have done what they will do for a change. */
    private static final int EDITS_BEFORE = 60_000;

    private static final Duration REST = Duration.ofSeconds(15);

    private final Path root;
    private final Path work;
    private final PropagationOptions options;
    private final PropagationReport report = new PropagationReport();

    private PropagationBench(Path root, Path work, PropagationOptions options) {
        this.root = root;
        this.work = work;
        this.options = options;
    }

    /** Options as in {@code ./suimon bench propagation --help}; {@code suimon.root} and {@code suimon.work} name the folders. */
    public static void main(String[] arguments) throws IOException {
        var root = Path.of(System.getProperty("suimon.root", ".")).toAbsolutePath();
        var work = Path.of(System.getProperty("suimon.work", "target/bench"))
                .toAbsolutePath()
                .resolve("propagation-" + ProcessHandle.current().pid());
        PropagationOptions options;
        try {
            options = PropagationOptions.parse(List.of(arguments), root.resolve("docs/benchmarks-propagation.md"));
        } catch (IllegalArgumentException e) {
            Console.complain(e);
            System.exit(2);
            return;
        }
        Descendants.endWithThisProcess();
        new PropagationBench(root, work, options).run();
    }

    private void run() throws IOException {
        for (var store : options.stores()) {
            for (int routes : options.routes()) {
                Console.say("\n%s, %,d routes: loading ...".formatted(store, routes));
                var folder = Files.createDirectories(work.resolve(store + "-" + routes));
                try (var installation = new Installation(root, folder, store)) {
                    installation.load(routes);
                    measure(installation, store, routes);
                }
            }
        }
        Files.writeString(options.output(), report.page());
        Console.say("\nWritten: " + options.output());
    }

    private void measure(Installation installation, String store, int routes) throws IOException {
        boolean first = true;
        for (int nodes : options.nodes()) {
            installation.nodes(nodes);
            try (var admin = installation.admin()) {
                edit(installation, admin, EDITS_BEFORE);
            }
            time(installation, store, routes, nodes);
            if (first) {
                watch(installation, store, routes);
            }
            first = false;
        }
    }

    private void time(Installation installation, String store, int routes, int nodes) throws IOException {
        try (var propagation = new Propagation(installation, nodes)) {
            propagation.measure(Math.min(WARM_UP_SAMPLES, 2 * options.samples()));
            Console.say(report.timed(store, routes, nodes, false, propagation.measure(options.samples())));
            try (var churn = installation.churn()) {
                var times = propagation.measure(options.samples());
                if (churn.written() == 0) {
                    throw new IllegalStateException("no other route was changed meanwhile");
                }
                Console.say(report.timed(store, routes, nodes, true, times));
            }
        }
    }

    private void watch(Installation installation, String store, int routes) throws IOException {
        var bystanders = installation.traffic();
        installation.part();
        bystanders.begin(installation.trafficPort());
        try (var admin = installation.admin()) {
            rest();
            bystanders.take();
            rest();
            var resting = bystanders.take();
            Times churning;
            try (var churn = installation.churn()) {
                rest();
                churning = bystanders.take();
                if (churn.written() == 0) {
                    throw new IllegalStateException("no other route was changed meanwhile");
                }
            }
            bystanders.take();
            edit(installation, admin, options.edits());
            var editing = bystanders.take();
            Console.say(report.loaded(store, routes, options.edits(), resting, churning, editing, bystanders.failed()));
        } finally {
            bystanders.end();
            installation.join();
        }
    }

    private static void edit(Installation installation, HttpConnection admin, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            installation.put(admin, "edited", "/edited/" + i % 10);
        }
    }

    private static void rest() {
        long until = System.nanoTime() + REST.toNanos();
        for (long left = REST.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
