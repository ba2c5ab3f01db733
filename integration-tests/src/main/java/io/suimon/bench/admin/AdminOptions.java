package io.suimon.bench.admin;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What {@code ./suimon bench admin} was asked for.
 *
 * @param stores which stores to measure, in this order
 * @param routes how many there are in the second part
 * @param seconds how long one load lasts
 * @param output where the report goes
 */
record AdminOptions(List<Store> stores, int routes, int seconds, Path output) {

    /** The stores of a control plane. */
    enum Store {
        EMBEDDED,
        ETCD;

        /** As the setting spells it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final int MIN_ROUTES = 200;

    private static final int MAX_ROUTES = 1_000_000;
    private static final int MAX_SECONDS = 60;

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException naming the option and what was expected
     */
    static AdminOptions parse(List<String> arguments, Path root) {
        var options = new AdminOptions(List.of(Store.values()), 100_000, 5, root.resolve("docs/benchmarks-admin.md"));
        for (int i = 0; i < arguments.size(); i += 2) {
            var value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            options = options.with(arguments.get(i), value);
        }
        return options;
    }

    private AdminOptions with(String option, String value) {
        return switch (option) {
            case "--store" -> new AdminOptions(stores(value), routes, seconds, output);
            case "--routes" -> new AdminOptions(stores, number(option, value, MIN_ROUTES, MAX_ROUTES), seconds, output);
            case "--seconds" -> new AdminOptions(stores, routes, number(option, value, 1, MAX_SECONDS), output);
            case "--output" -> new AdminOptions(stores, routes, seconds, file(value));
            default ->
                throw new IllegalArgumentException(option + ": unknown option (see ./suimon bench admin --help)");
        };
    }

    private static List<Store> stores(String value) {
        return switch (value) {
            case "embedded" -> List.of(Store.EMBEDDED);
            case "etcd" -> List.of(Store.ETCD);
            case "both" -> List.of(Store.values());
            default -> throw new IllegalArgumentException("--store: " + value + " (expected: embedded, etcd or both)");
        };
    }

    private static int number(String option, String value, int min, int max) {
        if (!value.matches("\\d{1,7}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
            throw new IllegalArgumentException(option + ": " + value + " (expected: " + min + ".." + max + ")");
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
