package io.suimon.bench.propagation;

import io.suimon.harness.Option;
import java.nio.file.Path;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param stores {@code embedded} and {@code etcd}, or one of them
 * @param routes how many there are, one number after the other
 * @param nodes how many nodes, one number after the other
 * @param samples changes timed in each case
 * @param edits of one route under load
 */
record PropagationOptions(
        List<String> stores, List<Integer> routes, List<Integer> nodes, int samples, int edits, Path output) {

    private static final List<String> STORES = List.of("embedded", "etcd");

    PropagationOptions {
        stores = List.copyOf(stores);
        routes = List.copyOf(routes);
        nodes = List.copyOf(nodes);
    }

    /** @throws IllegalArgumentException for people, on one line */
    static PropagationOptions parse(List<String> arguments, Path output) {
        var options = new PropagationOptions(STORES, List.of(10, 100_000), List.of(1, 4), 1_000, 10_000, output);
        for (var option : Option.pairs(arguments)) {
            options = options.with(option);
        }
        return options;
    }

    private PropagationOptions with(Option option) {
        return switch (option.name()) {
            case "--store" -> new PropagationOptions(stores(option), routes, nodes, samples, edits, output);
            case "--routes" ->
                new PropagationOptions(stores, option.numbers(1, 1_000_000), nodes, samples, edits, output);
            case "--nodes" -> new PropagationOptions(stores, routes, option.numbers(1, 16), samples, edits, output);
            case "--samples" -> new PropagationOptions(stores, routes, nodes, option.number(1, 100_000), edits, output);
            case "--edits" ->
                new PropagationOptions(stores, routes, nodes, samples, option.number(1, 1_000_000), output);
            case "--output" -> new PropagationOptions(stores, routes, nodes, samples, edits, option.file());
            default -> throw option.unknown("bench propagation");
        };
    }

    private static List<String> stores(Option option) {
        if (option.value().equals("both")) {
            return STORES;
        }
        if (!STORES.contains(option.value())) {
            throw option.unlike("embedded, etcd or both");
        }
        return List.of(option.value());
    }
}
