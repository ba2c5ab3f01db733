package io.suimon.soak;

import java.util.ArrayList;
import java.util.List;

/** What a soak comes to: each promise with what was measured. */
final class Verdict {

    /** Of what the JVM opens and ends as it likes. */
    private static final int SLACK = 3;

    /** Of the memory in the middle of the traffic. */
    private static final double MOST_GROWTH = 0.10;

    private static final double MOST_GROWTH_MIB = 24;

    /** Before that a JVM has not yet got the memory it will work with; one a second. */
    private static final int FEWEST_SAMPLES = 120;

    /** One promise. */
    record Line(String what, String measured, boolean kept) {

        @Override
        public String toString() {
            return (kept ? "ok   " : "NOT  ") + what + ": " + measured;
        }
    }

    private Verdict() {}

    /**
     * Judges.
     *
     * @param before at rest, before the traffic
     * @param after at rest, behind it
     * @param memory resident MiB while there was traffic, in order
     * @param log what the node logged
     */
    static List<Line> of(List<Crowd> crowds, Vitals before, Vitals after, List<Double> memory, String log) {
        var lines = new ArrayList<Line>();
        for (var crowd : crowds) {
            var seen = crowd.visits() + " visits"
                    + (crowd.unexpected() == 0
                            ? ""
                            : ", " + crowd.unexpected() + " not as they should be, such as: " + crowd.first());
            lines.add(new Line(crowd.name(), seen, crowd.unexpected() == 0 && crowd.visits() > 0));
        }
        lines.add(same("connections of clients", before.connections(), after.connections(), 0));
        lines.add(same("buffers", before.buffers(), after.buffers(), 0));
        lines.add(same("file descriptors", before.descriptors(), after.descriptors(), SLACK));
        lines.add(same("threads", before.threads(), after.threads(), SLACK));
        lines.add(memory(memory));
        long leaks = log.lines().filter(line -> line.contains("LEAK: ")).count();
        lines.add(new Line("leaks that Netty found", Long.toString(leaks), leaks == 0));
        return lines;
    }

    private static Line same(String what, long before, long after, int slack) {
        return new Line(what, before + " before, " + after + " behind", after <= before + slack);
    }

    /** The median of the last quarter against that of the second: the first is the JVM's own warming up. */
    private static Line memory(List<Double> samples) {
        if (samples.size() < FEWEST_SAMPLES) {
            return new Line("resident memory", "not judged: less than two minutes of traffic", true);
        }
        int quarter = samples.size() / 4;
        double early = median(samples.subList(quarter, 2 * quarter));
        double late = median(samples.subList(3 * quarter, samples.size()));
        boolean steady = late - early <= Math.max(MOST_GROWTH_MIB, MOST_GROWTH * early);
        return new Line(
                "resident memory",
                "%.0f MiB in the second quarter, %.0f MiB in the last".formatted(early, late),
                steady);
    }

    private static double median(List<Double> samples) {
        return samples.stream().sorted().skip(samples.size() / 2).findFirst().orElse(0.0);
    }
}
