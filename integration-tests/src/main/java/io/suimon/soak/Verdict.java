package io.suimon.soak;

import java.util.ArrayList;
import java.util.List;

/** What a soak comes to: each promise with what was measured. */
final class Verdict {

    /** Of what the JVM opens and ends as it likes. */
    private static final int SLACK = 3;

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
     * @param memory before, behind and while there was traffic
     * @param log what the node logged
     */
    static List<Line> of(List<Crowd> crowds, Vitals before, Vitals after, Memory memory, String log) {
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
        lines.addAll(memory.judged());
        long leaks = log.lines().filter(line -> line.contains("LEAK: ")).count();
        lines.add(new Line("leaks that Netty found", Long.toString(leaks), leaks == 0));
        return lines;
    }

    private static Line same(String what, long before, long after, int slack) {
        return new Line(what, before + " before, " + after + " behind", after <= before + slack);
    }
}
