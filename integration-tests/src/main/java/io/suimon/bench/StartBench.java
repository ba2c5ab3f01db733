package io.suimon.bench;

import io.suimon.bench.load.Door;
import io.suimon.bench.load.Load;
import io.suimon.bench.load.Wrk;
import io.suimon.harness.Console;
import io.suimon.harness.Descendants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * {@code ./suimon bench start}: how long a node takes from the start of its process to ready, from its disk copy and without a
 * control plane, and how fast it is in its first seconds; as it ships, and without what makes it start fast.
 */
public final class StartBench {

    private static final List<String> ONE_CORE = List.of("taskset", "-c", "0");
    private static final Load LOAD = Wrk.get(50, "/100");
    private static final int WINDOWS = 8;
    private static final int WINDOW_SECONDS = 2;

    private final Path root;
    private final Path work;
    private final StartOptions options;
    private final StringBuilder page = new StringBuilder();

    private StartBench(Path root, Path work, StartOptions options) {
        this.root = root;
        this.work = work;
        this.options = options;
    }

    /** Options as in {@code ./suimon bench start --help}; {@code suimon.root} and {@code suimon.work} name the folders. */
    public static void main(String[] arguments) throws IOException {
        var root = Path.of(System.getProperty("suimon.root", ".")).toAbsolutePath();
        var options = options(arguments, root);
        var work = Path.of(System.getProperty("suimon.work", "target/bench"))
                .toAbsolutePath()
                .resolve("start-" + ProcessHandle.current().pid());
        Descendants.endWithThisProcess();
        Files.createDirectories(work);
        new StartBench(root, work, options).run();
    }

    private static StartOptions options(String[] arguments, Path root) {
        try {
            return StartOptions.parse(List.of(arguments), root);
        } catch (IllegalArgumentException e) {
            Console.complain(e);
            System.exit(2);
            throw e;
        }
    }

    private void run() throws IOException {
        try (var origins = new Origins(work);
                var rivals = new Rivals(work, origins, Certificate.in(work))) {
            heading();
            NodeStart last = null;
            for (int routes : options.routes()) {
                Console.say("\n%,d routes: filling a disk copy ...".formatted(routes));
                last = NodeStart.withRoutes(root, work.resolve("routes-" + routes), routes, origins.port(Backend.HTTP));
                toReady("all", List.of(), routes, last);
                toReady("one", ONE_CORE, routes, last);
            }
            if (last != null) {
                firstSeconds(last, rivals.nginx());
            }
        }
        Files.writeString(options.output(), page);
        Console.say("\nWritten: " + options.output());
    }

    private void heading() {
        line("# Starting a node");
        line("");
        line("Written by `./suimon bench start` on " + LocalDate.now(ZoneId.systemDefault())
                + ". A node starts from its disk copy, without a control plane.");
        line("");
        line(Machine.description() + "; JDK " + Runtime.version() + ".");
        line("");
        line("## To ready");
        line("");
        line("From the start of the process until `/status/ready` answers 200; medians of " + options.samples()
                + ". To reach: 1,000 ms.");
        line("");
        row("| routes | cores | start | ms to ready | CPU ms | resident MiB |");
        row("|---|---|---|---|---|---|");
    }

    private void toReady(String cores, List<String> prefix, int routes, NodeStart node) {
        for (var way : NodeStart.Way.values()) {
            var starts = new ArrayList<NodeStart.Ready>();
            for (int i = 0; i < options.samples(); i++) {
                starts.add(node.measure(prefix, way));
            }
            row("| %,d | %s | %s | %,.0f | %,.0f | %.0f |"
                    .formatted(
                            routes,
                            cores,
                            way.title(),
                            median(starts, NodeStart.Ready::millis),
                            median(starts, NodeStart.Ready::cpuMillis),
                            median(starts, NodeStart.Ready::residentMiB)));
        }
    }

    private static double median(List<NodeStart.Ready> starts, ToDoubleFunction<NodeStart.Ready> figure) {
        return Results.median(starts.stream().mapToDouble(figure).toArray());
    }

    private void firstSeconds(NodeStart start, Contender nginx) {
        line("");
        line("## The first seconds");
        line("");
        line("From ready on, 50 connections ask for 100 B as fast as they are answered, on one core; each figure is of "
                + WINDOW_SECONDS + " s: requests/s, p99 in ms.");
        line("");
        row("| |" + " %s |".repeat(WINDOWS).formatted((Object[]) windowTitles()));
        row("|---|" + "---|".repeat(WINDOWS));
        for (var way : NodeStart.Way.values()) {
            try (var node = start.ready(ONE_CORE, way)) {
                var door = new Door(start.trafficPort(), start.tlsPort(), work);
                windows(way.title(), new Contender("Suimon", "this build", door, List.of(node.pid())));
            }
        }
        windows("nginx", nginx);
    }

    private static String[] windowTitles() {
        var titles = new String[WINDOWS];
        for (int i = 0; i < WINDOWS; i++) {
            titles[i] = "%d to %d s".formatted(i * WINDOW_SECONDS, (i + 1) * WINDOW_SECONDS);
        }
        return titles;
    }

    private void windows(String title, Contender contender) {
        var row = new StringBuilder("| " + title + " |");
        for (int i = 0; i < WINDOWS; i++) {
            var answered = LOAD.run(contender.door(), WINDOW_SECONDS);
            row.append(" %,.0f, %.1f |".formatted(answered.perSecond(), answered.p99Micros() / 1e3));
        }
        row(row.toString());
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    /** A line of a table, which is also the progress. */
    private void row(String text) {
        line(text);
        Console.say(text);
    }
}
