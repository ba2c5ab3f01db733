package io.suimon.chaos;

import io.suimon.chaos.Sample.Outcome;
import io.suimon.chaos.Sample.Signal;
import io.suimon.chaos.Sight.State;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What is measured throughout, before a fault, while it holds, and after it. */
final class SteadyState {

    private SteadyState() {}

    /** One measure, for people. */
    record Row(String what, String before, String during, String after) {}

    static List<Row> of(Observation seen) {
        return List.of(
                row("requests answered per second", seen, Signal.TRAFFIC, window -> number(window.rate())),
                row("failed requests", seen, Signal.TRAFFIC, window -> "" + window.count(Outcome.FAILED)),
                row("p99 of requests, ms", seen, Signal.TRAFFIC, window -> number(window.percentile(0.99))),
                row("reads of the Admin API", seen, Signal.READ, SteadyState::outcomes),
                row("writes to the Admin API", seen, Signal.WRITE, SteadyState::outcomes),
                row("etcd is reached, of what control planes say", seen, SteadyState::reached),
                row("etcd members a control plane leaves out, at most", seen, SteadyState::leftOut));
    }

    private static Row row(String what, Observation seen, Signal signal, Function<Window, String> measure) {
        return new Row(
                what,
                measure.apply(seen.before(signal)),
                measure.apply(seen.during(signal)),
                measure.apply(seen.after(signal)));
    }

    private static Row row(String what, Observation seen, Function<List<Sight>, String> measure) {
        return new Row(
                what,
                measure.apply(seen.sights(seen.startedAt(), seen.faultAt())),
                measure.apply(seen.sights(seen.faultAt(), seen.healedAt())),
                measure.apply(seen.sights(seen.healedAt(), seen.endedAt())));
    }

    private static String outcomes(Window window) {
        var told = new StringBuilder().append(window.count(Outcome.OK)).append(" succeeded");
        append(told, window.count(Outcome.REFUSED), "refused");
        append(told, window.count(Outcome.FAILED), "failed");
        return told.toString();
    }

    private static String reached(List<Sight> sights) {
        long reached =
                sights.stream().filter(sight -> sight.store() == State.REACHED).count();
        int silent = (int)
                sights.stream().filter(sight -> sight.store() == State.UNKNOWN).count();
        var told = new StringBuilder("%d of %d".formatted(reached, sights.size()));
        append(told, silent, "not answered");
        return told.toString();
    }

    private static void append(StringBuilder told, int count, String what) {
        if (count > 0) {
            told.append(", ").append(count).append(' ').append(what);
        }
    }

    private static String leftOut(List<Sight> sights) {
        return "" + sights.stream().mapToInt(Sight::leftOut).max().orElse(0);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.1f", value);
    }
}
