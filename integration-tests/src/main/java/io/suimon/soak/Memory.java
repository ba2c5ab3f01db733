package io.suimon.soak;

import java.util.List;

/**
 * What a node has of memory. Old garbage lies in a heap for as long as there is room, so of the heap what lives counts, and beside
 * it what is resident.
 *
 * @param liveBefore MiB of objects that a full collection leaves, at rest before the traffic
 * @param liveBehind the same behind it
 * @param beside resident MiB that are not of the heap while there was traffic, in order; one a second
 */
record Memory(double liveBefore, double liveBehind, List<Double> beside) {

    /** Of what the collector leaves: caches fill. */
    private static final double MOST_MORE_LIVE_MIB = 8;

    /** Of the memory in the middle of the traffic. */
    private static final double MOST_GROWTH = 0.10;

    private static final double MOST_GROWTH_MIB = 16;

    /** Before that a JVM has not yet got the memory it will work with. */
    private static final int FEWEST_SAMPLES = 120;

    Memory {
        beside = List.copyOf(beside);
    }

    List<Verdict.Line> judged() {
        return List.of(live(), resident());
    }

    private Verdict.Line live() {
        return new Verdict.Line(
                "live objects",
                "%.1f MiB before, %.1f MiB behind".formatted(liveBefore, liveBehind),
                liveBehind - liveBefore <= MOST_MORE_LIVE_MIB);
    }

    /** The median of the last quarter against that of the second: the first is the JVM's own warming up. */
    private Verdict.Line resident() {
        var what = "resident memory beside the heap";
        if (beside.size() < FEWEST_SAMPLES) {
            return new Verdict.Line(what, "not judged: less than two minutes of traffic", true);
        }
        int quarter = beside.size() / 4;
        double early = median(beside.subList(quarter, 2 * quarter));
        double late = median(beside.subList(3 * quarter, beside.size()));
        return new Verdict.Line(
                what,
                "%.0f MiB in the second quarter, %.0f MiB in the last".formatted(early, late),
                late - early <= Math.max(MOST_GROWTH_MIB, MOST_GROWTH * early));
    }

    private static double median(List<Double> samples) {
        return samples.stream().sorted().skip(samples.size() / 2).findFirst().orElse(0.0);
    }
}
