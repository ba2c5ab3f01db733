package io.suimon.it.registries;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntConsumer;

/** Where a service was placed, for registries that are told of each instance apart. Not thread-safe. */
final class PlacedPorts {

    private final Set<Integer> placed = new HashSet<>();

    /** All of these are added, as some may be lost by now; those that were there and are not among them are removed. */
    void place(int[] ports, IntConsumer add, IntConsumer remove) {
        var wanted = new HashSet<>(Arrays.stream(ports).boxed().toList());
        wanted.forEach(add::accept);
        placed.removeAll(wanted);
        placed.forEach(remove::accept);
        placed.clear();
        placed.addAll(wanted);
    }

    /** The registry knows none of them any more. */
    void forget() {
        placed.clear();
    }
}
