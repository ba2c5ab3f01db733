package io.suimon.bench.admin;

import io.suimon.harness.Option;
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
        for (var option : Option.pairs(arguments)) {
            options = options.with(option);
        }
        return options;
    }

    private AdminOptions with(Option option) {
        return switch (option.name()) {
            case "--store" -> new AdminOptions(stores(option), routes, seconds, output);
            case "--routes" -> new AdminOptions(stores, option.number(MIN_ROUTES, MAX_ROUTES), seconds, output);
            case "--seconds" -> new AdminOptions(stores, routes, option.number(1, MAX_SECONDS), output);
            case "--output" -> new AdminOptions(stores, routes, seconds, option.file());
            default -> throw option.unknown("bench admin");
        };
    }

    private static List<Store> stores(Option option) {
        return switch (option.value()) {
            case "embedded" -> List.of(Store.EMBEDDED);
            case "etcd" -> List.of(Store.ETCD);
            case "both" -> List.of(Store.values());
            default -> throw option.unlike("embedded, etcd or both");
        };
    }
}
