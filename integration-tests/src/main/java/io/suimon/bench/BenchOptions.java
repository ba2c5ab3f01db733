package io.suimon.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code ./suimon bench} was asked for.
 *
 * @param rounds samples of each contender in each scenario
 * @param seconds how long one sample lasts
 * @param scenarios in this order
 * @param output where the page goes
 */
record BenchOptions(int rounds, int seconds, List<Scenario> scenarios, Path output) {

    private static final int MOST = 999;

    BenchOptions {
        scenarios = List.copyOf(scenarios);
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException naming the option and what was expected
     */
    static BenchOptions parse(List<String> arguments, Path root) {
        var options = new BenchOptions(4, 3, Catalogue.ALL, root.resolve("docs/benchmarks.md"));
        for (int i = 0; i < arguments.size(); i += 2) {
            var value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            options = options.with(arguments.get(i), value);
        }
        return options;
    }

    private BenchOptions with(String option, String value) {
        return switch (option) {
            case "--rounds" -> new BenchOptions(number(option, value), seconds, scenarios, output);
            case "--seconds" -> new BenchOptions(rounds, number(option, value), scenarios, output);
            case "--case" -> new BenchOptions(rounds, seconds, named(value), output);
            case "--output" -> new BenchOptions(rounds, seconds, scenarios, file(value));
            default -> throw new IllegalArgumentException(option + ": unknown option (see ./suimon bench --help)");
        };
    }

    private static List<Scenario> named(String names) {
        var chosen = new ArrayList<Scenario>();
        for (var name : names.split(",", -1)) {
            var meant = Catalogue.ALL.stream()
                    .filter(each -> each.name().equals(name) || each.group().equals(name))
                    .toList();
            if (meant.isEmpty()) {
                throw new IllegalArgumentException(
                        "--case: " + name + " (expected: " + String.join(", ", known()) + ")");
            }
            meant.stream().filter(each -> !chosen.contains(each)).forEach(chosen::add);
        }
        return chosen;
    }

    /** The names of cases, then those of groups. */
    static List<String> known() {
        return List.copyOf(new LinkedHashSet<>(Stream.concat(
                        Catalogue.ALL.stream().map(Scenario::name),
                        Catalogue.ALL.stream().map(Scenario::group))
                .toList()));
    }

    private static int number(String option, String value) {
        if (!value.matches("[1-9]\\d{0,2}")) {
            throw new IllegalArgumentException(option + ": " + value + " (expected: 1.." + MOST + ")");
        }
        return Integer.parseInt(value);
    }

    private static Path file(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("--output: nothing (expected: a file)");
        }
        return Path.of(value).toAbsolutePath();
    }
}
