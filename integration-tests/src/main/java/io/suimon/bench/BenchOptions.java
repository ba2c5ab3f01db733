package io.suimon.bench;

import io.suimon.harness.Option;
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
        for (var option : Option.pairs(arguments)) {
            options = options.with(option);
        }
        return options;
    }

    private BenchOptions with(Option option) {
        return switch (option.name()) {
            case "--rounds" -> new BenchOptions(option.number(1, MOST), seconds, scenarios, output);
            case "--seconds" -> new BenchOptions(rounds, option.number(1, MOST), scenarios, output);
            case "--case" -> new BenchOptions(rounds, seconds, named(option), output);
            case "--output" -> new BenchOptions(rounds, seconds, scenarios, option.file());
            default -> throw option.unknown("bench");
        };
    }

    private static List<Scenario> named(Option option) {
        var chosen = new ArrayList<Scenario>();
        for (var name : option.value().split(",", -1)) {
            var meant = Catalogue.ALL.stream()
                    .filter(each -> each.name().equals(name) || each.group().equals(name))
                    .toList();
            if (meant.isEmpty()) {
                throw new Option(option.name(), name).unlike(String.join(", ", known()));
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
}
