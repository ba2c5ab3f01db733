package io.suimon.bench;

import io.suimon.harness.Option;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code ./suimon bench start} was asked for.
 *
 * @param routes how many are in the disk copy, one after the other
 * @param samples starts of each kind
 * @param output where the report goes
 */
record StartOptions(List<Integer> routes, int samples, Path output) {

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException naming the option and what was expected
     */
    static StartOptions parse(List<String> arguments, Path root) {
        var options = new StartOptions(List.of(100_000, 10), 5, root.resolve("docs/benchmarks-start.md"));
        for (var option : Option.pairs(arguments)) {
            options = options.with(option);
        }
        return options;
    }

    private StartOptions with(Option option) {
        return switch (option.name()) {
            case "--routes" -> new StartOptions(option.numbers(1, 1_000_000), samples, output);
            case "--samples" -> new StartOptions(routes, option.number(1, 99), output);
            case "--output" -> new StartOptions(routes, samples, option.file());
            default -> throw option.unknown("bench start");
        };
    }
}
