package io.suimon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures Suimon beside nginx and HAProxy; what {@code ./suimon bench} runs. */
public final class Bench {

    /** As many as it takes until the begin and the end of a load are compiled, too, not just what lies between. */
    private static final int WARM_UPS = 20;

    private static final int WARM_UP_SECONDS = 3;

    private final int rounds;
    private final int seconds;
    private final List<Scenario> scenarios;
    private final Path output;

    private Bench(int rounds, int seconds, List<Scenario> scenarios, Path output) {
        this.rounds = rounds;
        this.seconds = seconds;
        this.scenarios = scenarios;
        this.output = output;
    }

    /** Options as in {@code ./suimon bench --help}; {@code suimon.root} and {@code suimon.work} name the folders. */
    public static void main(String[] arguments) throws IOException {
        var root = Path.of(System.getProperty("suimon.root", ".")).toAbsolutePath();
        var bench = parse(arguments, root);
        var work = Path.of(System.getProperty("suimon.work", "target/bench"))
                .toAbsolutePath()
                .resolve("run-" + ProcessHandle.current().pid());
        Files.createDirectories(work);
        bench.run(root, work);
    }

    private static Bench parse(String[] arguments, Path root) {
        int rounds = 5;
        int seconds = 4;
        var scenarios = Scenario.ALL;
        var output = root.resolve("docs/benchmarks.md");
        for (int i = 0; i < arguments.length; i += 2) {
            var value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--rounds" -> rounds = number("--rounds", value);
                case "--seconds" -> seconds = number("--seconds", value);
                case "--case" -> scenarios = named(value);
                case "--output" -> output = Path.of(value).toAbsolutePath();
                default -> exit(arguments[i] + ": unknown option (see ./suimon bench --help)");
            }
        }
        return new Bench(rounds, seconds, scenarios, output);
    }

    private static int number(String option, String value) {
        if (!value.matches("[1-9]\\d{0,2}")) {
            exit(option + ": " + value + " (expected: 1..999)");
        }
        return Integer.parseInt(value);
    }

    private static List<Scenario> named(String names) {
        var chosen = new ArrayList<Scenario>();
        for (var name : List.of(names.split(",", -1))) {
            Scenario.ALL.stream()
                    .filter(scenario -> scenario.name().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            chosen::add,
                            () -> exit("--case: " + name + " (expected: "
                                    + String.join(
                                            ", ",
                                            Scenario.ALL.stream()
                                                    .map(Scenario::name)
                                                    .toList()) + ")"));
        }
        return chosen;
    }

    private static void exit(String message) {
        print("suimon: " + message);
        System.exit(2);
    }

    private void run(Path root, Path work) throws IOException {
        try (var rivals = new Rivals(work);
                var suimon = new SuimonUnderTest(root, work, rivals.originPort())) {
            var nginx = rivals.nginxProxy();
            var contenders = List.of(suimon.contender(), rivals.haproxy());
            Map<Scenario, Results> results = new LinkedHashMap<>();
            for (var scenario : scenarios) {
                print("\n" + scenario.title() + ": warming up ...");
                suimon.configure(scenario);
                for (int i = 0; i < WARM_UPS; i++) {
                    Load.run(contenders.getFirst(), scenario, WARM_UP_SECONDS);
                }
                var measured = measure(scenario, nginx, contenders);
                results.put(scenario, measured);
                print(Report.table(scenario, measured));
                suimon.clean(scenario);
            }
            var all = new ArrayList<>(List.of(nginx));
            all.addAll(contenders);
            Files.writeString(output, Report.page(all, results, rounds, seconds));
            print("Written: " + output);
        }
    }

    private Results measure(Scenario scenario, Contender nginx, List<Contender> contenders) {
        var results = new Results();
        var before = Load.run(nginx, scenario, seconds);
        for (int round = 1; round <= rounds; round++) {
            for (var contender : contenders) {
                var sample = Load.run(contender, scenario, seconds);
                var after = Load.run(nginx, scenario, seconds);
                results.add(contender.name(), before, sample, after);
                before = after;
            }
            print("  round " + round + " of " + rounds);
        }
        return results;
    }

    @SuppressWarnings("SystemOut") // a command-line program: this is its output
    private static void print(String line) {
        System.out.println(line);
    }
}
