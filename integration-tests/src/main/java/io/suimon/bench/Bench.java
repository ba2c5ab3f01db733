package io.suimon.bench;

import io.suimon.harness.Console;
import io.suimon.harness.Cores;
import io.suimon.harness.Descendants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures Suimon beside nginx and HAProxy; what {@code ./suimon bench} runs. */
public final class Bench {

    private final BenchOptions options;
    private final Path root;
    private final Path work;
    private final Map<Scenario, Outcome> outcomes = new LinkedHashMap<>();

    private Bench(BenchOptions options, Path root, Path work) {
        this.options = options;
        this.root = root;
        this.work = work;
    }

    /** Options as in {@code ./suimon bench --help}; {@code suimon.root} and {@code suimon.work} name the folders. */
    public static void main(String[] arguments) throws IOException {
        var root = Path.of(System.getProperty("suimon.root", ".")).toAbsolutePath();
        var work = Path.of(System.getProperty("suimon.work", "target/bench"))
                .toAbsolutePath()
                .resolve("run-" + ProcessHandle.current().pid());
        BenchOptions options;
        try {
            options = BenchOptions.parse(List.of(arguments), root);
        } catch (IllegalArgumentException e) {
            Console.complain(e);
            System.exit(2);
            return;
        }
        Descendants.endWithThisProcess();
        Files.createDirectories(work);
        System.exit(new Bench(options, root, work).run() ? 0 : 1);
    }

    /** Returns whether every case has figures. */
    private boolean run() throws IOException {
        Cores.moveToTheLoads();
        var certificate = Certificate.in(work);
        try (var origins = new Origins(work);
                var rivals = new Rivals(work, origins, certificate);
                var suimon = new SuimonUnderTest("Suimon", root, work, origins, certificate)) {
            var nginx = rivals.nginx();
            var others = rivals.others();
            var proxies = Stream.concat(Stream.of(nginx, suimon.contender()), others.stream())
                    .map(each -> each.name() + " " + each.version())
                    .toList();
            var cases = new Cases(
                    options,
                    nginx,
                    others,
                    suimon,
                    () -> new SuimonUnderTest(
                            "Suimon, one route", root, work.resolve("one-route"), origins, certificate),
                    Console::say);
            for (var scenario : options.scenarios()) {
                var outcome = cases.run(scenario);
                outcomes.put(scenario, outcome);
                Console.say(Report.section(scenario, outcome));
            }
            Files.writeString(options.output(), page(proxies));
        }
        Console.say("Written: " + options.output());
        return outcomes.values().stream().noneMatch(Outcome.Failed.class::isInstance);
    }

    private String page(List<String> proxies) {
        var parts = new ArrayList<>(proxies);
        parts.add("JDK " + Runtime.version());
        var today = LocalDate.now(ZoneId.systemDefault()).toString();
        return Report.page(today, Machine.description(), parts, Rival.absent(), outcomes, options);
    }
}
