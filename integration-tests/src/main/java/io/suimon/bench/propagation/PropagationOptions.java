package io.suimon.bench.propagation;

import java.nio.file.Path;
import java.util.ArrayList;
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
        for (int i = 0; i < arguments.size(); i += 2) {
            var value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            options = options.with(arguments.get(i), value);
        }
        return options;
    }

    private PropagationOptions with(String option, String value) {
        return switch (option) {
            case "--store" -> new PropagationOptions(stores(value), routes, nodes, samples, edits, output);
            case "--routes" ->
                new PropagationOptions(stores, numbers(option, value, 1_000_000), nodes, samples, edits, output);
            case "--nodes" ->
                new PropagationOptions(stores, routes, numbers(option, value, 16), samples, edits, output);
            case "--samples" ->
                new PropagationOptions(stores, routes, nodes, number(option, value, 100_000), edits, output);
            case "--edits" ->
                new PropagationOptions(stores, routes, nodes, samples, number(option, value, 1_000_000), output);
            case "--output" ->
                new PropagationOptions(
                        stores, routes, nodes, samples, edits, Path.of(value).toAbsolutePath());
            default ->
                throw new IllegalArgumentException(option + ": unknown option (see ./suimon bench propagation --help)");
        };
    }

    private static List<String> stores(String value) {
        if (value.equals("both")) {
            return STORES;
        }
        if (!STORES.contains(value)) {
            throw new IllegalArgumentException("--store: " + value + " (expected: embedded, etcd or both)");
        }
        return List.of(value);
    }

    private static List<Integer> numbers(String option, String value, int most) {
        var numbers = new ArrayList<Integer>();
        for (var number : value.split(",", -1)) {
            numbers.add(number(option, number, most));
        }
        return numbers;
    }

    private static int number(String option, String value, int most) {
        if (value.matches("[1-9]\\d{0,6}") && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        throw new IllegalArgumentException(option + ": " + value + " (expected: 1.." + most + ")");
    }
}
