package io.suimon.chaos;

import io.suimon.chaos.Sight.State;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** How etcd and each of its members looked to each control plane over time: one lane for each, coloured by what it said. */
final class StoreChart {

    private static final double NANOS = 1e9;

    /** What was said holds until the next answer, but no longer than this: a control plane that is asked in vain says nothing. */
    private static final double LONGEST_SECONDS = 1;

    private StoreChart() {}

    static String svg(Observation seen) {
        double length = (seen.endedAt() - seen.startedAt()) / NANOS;
        var plot = new Plot("etcd as each control plane sees it, in all and member by member", length, 1)
                .fault((seen.faultAt() - seen.startedAt()) / NANOS, (seen.healedAt() - seen.startedAt()) / NANOS)
                .times();
        int planes =
                1 + seen.sights().stream().mapToInt(Sight::controlPlane).max().orElse(-1);
        int members = seen.sights().stream()
                .mapToInt(sight -> sight.members().size())
                .max()
                .orElse(0);
        int lanes = planes * (members + 1);
        for (int i = 0; i < planes; i++) {
            int plane = i;
            int first = plane * (members + 1);
            var sights = seen.sights().stream()
                    .filter(sight -> sight.controlPlane() == plane)
                    .sorted(Comparator.comparingLong(sight -> sight.at() - seen.startedAt()))
                    .toList();
            plot.lane(first, lanes, "plane " + (plane + 1));
            draw(plot, first, lanes, sights, seen, Sight::store);
            for (int j = 0; j < members; j++) {
                int member = j;
                plot.lane(first + 1 + member, lanes, "etcd " + (member + 1));
                draw(plot, first + 1 + member, lanes, sights, seen, sight -> member(sight, member));
            }
        }
        return plot.legend(0, "ok", "reached, in use")
                .legend(130, "refused", "not reached, left out")
                .legend(290, "unknown", "the control plane does not answer")
                .end();
    }

    private static State member(Sight sight, int member) {
        return member < sight.members().size() ? sight.members().get(member) : State.UNKNOWN;
    }

    /** One stretch for as long as nothing changes. */
    private static void draw(
            Plot plot, int lane, int lanes, List<Sight> sights, Observation seen, Function<Sight, State> state) {
        for (int first = 0, next; first < sights.size(); first = next) {
            var same = state.apply(sights.get(first));
            double from = second(sights.get(first).at(), seen);
            double to = from;
            for (next = first; next < sights.size() && state.apply(sights.get(next)) == same; next++) {
                double at = second(sights.get(next).at(), seen);
                if (at > to) {
                    break; // nobody looked for so long
                }
                double following = next + 1 < sights.size()
                        ? second(sights.get(next + 1).at(), seen)
                        : second(seen.endedAt(), seen);
                to = Math.min(following, at + LONGEST_SECONDS);
            }
            plot.stretch(kind(same), lane, lanes, from, to);
        }
    }

    private static double second(long at, Observation seen) {
        return (at - seen.startedAt()) / NANOS;
    }

    private static String kind(State state) {
        return switch (state) {
            case REACHED -> "ok";
            case NOT_REACHED -> "refused";
            case UNKNOWN -> "unknown";
        };
    }
}
