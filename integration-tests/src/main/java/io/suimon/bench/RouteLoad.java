package io.suimon.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What so many routes came to for a node that just started and has nothing.
 *
 * @param routing seconds to the first request routed by the last route
 * @param heap MiB of the node in use after a collection
 * @param delta bytes of the message that one change is
 * @param applied milliseconds from a PUT to its acknowledgement, the median
 * @param planeHeap MiB of the control plane in use after a collection
 */
record RouteLoad(int routes, double routing, double heap, int delta, double applied, double planeHeap) {

    static final String HEAD = """
            | routes | first snapshot to routing | live heap of the node | one change: delta | PUT to acknowledged | live heap of the control plane |
            | --- | --- | --- | --- | --- | --- |""";

    private static final int TARGET_ROUTES = 100_000;
    private static final int ROUTING_SECONDS = 5;
    private static final int HEAP_MIB = 512;

    /** A route is some hundred bytes. */
    private static final int DELTA_BYTES = 1_024;

    /** Of Markdown. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %,d | %.1f s | %.0f MiB | %d B | %.1f ms | %.0f MiB |",
                routes,
                routing,
                heap,
                delta,
                applied,
                planeHeap);
    }

    /** Which targets were missed, for people; there are none for more than 100,000 routes. */
    List<String> missed() {
        var missed = new ArrayList<>(sizesMissed());
        if (routes <= TARGET_ROUTES && routing >= ROUTING_SECONDS) {
            missed.add(String.format(
                    Locale.ROOT, "%,d routes: %.1f s (expected: less than %d s)", routes, routing, ROUTING_SECONDS));
        }
        return missed;
    }

    private List<String> sizesMissed() {
        var missed = new ArrayList<String>();
        if (routes <= TARGET_ROUTES && heap > HEAP_MIB) {
            missed.add(String.format(
                    Locale.ROOT, "%,d routes: %.0f MiB (expected: at most %d MiB)", routes, heap, HEAP_MIB));
        }
        if (delta > DELTA_BYTES) {
            missed.add(String.format(
                    Locale.ROOT, "%,d routes: a delta of %d B (expected: at most %d B)", routes, delta, DELTA_BYTES));
        }
        return missed;
    }
}
