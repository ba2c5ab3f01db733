package io.suimon.chaos;

import io.suimon.harness.Console;
import io.suimon.harness.Descendants;
import io.suimon.harness.FolderFault;
import io.suimon.harness.PacketFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the promises against the build in this checkout; what {@code ./suimon chaos} runs. */
public final class Chaos {

    private static final int USAGE = 2;

    private final Path root;
    private final ChaosOptions options;

    Chaos(Path root, ChaosOptions options) {
        this.root = root;
        this.options = options;
    }

    /**
     * Options as in {@code ./suimon chaos --help}; {@code suimon.root} and {@code suimon.work} name the folders. Ends with 0 when every
     * promise that could be tried was kept, 1 when one was broken, 2 when the command line was wrong, 3 when none could be tried here.
     */
    public static void main(String[] arguments) throws Exception {
        var root = Path.of(System.getProperty("suimon.root", ".")).toAbsolutePath();
        var work = Path.of(System.getProperty("suimon.work", "target/chaos")).toAbsolutePath();
        ChaosOptions options;
        try {
            options = ChaosOptions.parse(List.of(arguments), work);
        } catch (IllegalArgumentException e) {
            Console.complain(e);
            System.exit(USAGE);
            return;
        }
        if (options.list()) {
            Catalog.all().forEach(Chaos::describe);
            return;
        }
        System.exit(new Chaos(root, options).run());
    }

    private static void undoFaults() {
        PacketFilter.pass();
        FolderFault.uncoverAll();
    }

    /** Runs what is asked for, says what it finds, writes the report, and returns the exit code that tells it. */
    int run() throws Exception {
        Descendants.endWithThisProcess(Chaos::undoFaults);
        var folder = Files.createDirectories(
                options.output().resolve("run-" + ProcessHandle.current().pid()));
        Console.say("Starting three etcd members, two control planes and two nodes (logs: " + folder + ") ...");
        var results = new ArrayList<Result>();
        try (var laboratory = new Laboratory(Testbed.start(root, folder), options.steady())) {
            for (var experiment : options.experiments()) {
                Console.say("\n%s: %s".formatted(experiment.name(), experiment.fault()));
                var result = laboratory.run(experiment);
                show(result);
                results.add(result);
                write(results);
            }
        }
        Console.say("\n%s. Report: %s and chaos.html"
                .formatted(Result.summary(results), options.output().resolve("chaos.md")));
        return Result.exitCode(results);
    }

    private static void describe(Experiment experiment) {
        Console.say("%-26s %s%s"
                .formatted(
                        experiment.name(),
                        experiment.fault(),
                        experiment
                                .injection()
                                .obstacle()
                                .map(reason -> " (not here: " + reason + ")")
                                .orElse("")));
    }

    private static void show(Result result) {
        switch (result) {
            case Result.Judged judged -> judged.findings().forEach(Chaos::show);
            case Result.NotRun(var experiment, var reason) -> Console.say("  not run: " + reason);
        }
    }

    private static void show(Finding finding) {
        Console.say("  %-4s %s: %s%s"
                .formatted(
                        finding.kept() ? "ok" : "NOT",
                        finding.what(),
                        finding.measured(),
                        finding.kept() ? "" : " (expected: " + finding.expected() + ")"));
    }

    private void write(List<Result> results) throws IOException {
        Files.createDirectories(options.output());
        Files.writeString(options.output().resolve("chaos.md"), MarkdownReport.page(results));
        Files.writeString(options.output().resolve("chaos.html"), HtmlReport.page(results));
    }
}
