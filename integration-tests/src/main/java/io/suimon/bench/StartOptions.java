package io.suimon.bench;

import java.nio.file.Path;
import java.util.Arrays;
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
    static StartOptions parse(String[] arguments, Path root) {
        var options = new StartOptions(List.of(100_000, 10), 5, root.resolve("docs/benchmarks-start.md"));
        for (int i = 0; i < arguments.length; i += 2) {
            options = options.with(arguments[i], i + 1 < arguments.length ? arguments[i + 1] : "");
        }
        return options;
    }

    private StartOptions with(String option, String value) {
        return switch (option) {
            case "--routes" -> new StartOptions(counts(value), samples, output);
            case "--samples" -> new StartOptions(routes, samples(value), output);
            case "--output" -> new StartOptions(routes, samples, file(value));
            default ->
                throw new IllegalArgumentException(option + ": unknown option (see ./suimon bench start --help)");
        };
    }

    private static List<Integer> counts(String value) {
        if (!value.matches("[1-9]\\d{0,5}(,[1-9]\\d{0,5})*")) {
            throw new IllegalArgumentException("--routes: " + value + " (expected: numbers of 1..999999)");
        }
        return Arrays.stream(value.split(",", -1)).map(Integer::valueOf).toList();
    }

    private static int samples(String value) {
        if (!value.matches("[1-9]\\d?")) {
            throw new IllegalArgumentException("--samples: " + value + " (expected: 1..99)");
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
