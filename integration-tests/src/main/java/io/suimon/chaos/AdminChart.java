package io.suimon.chaos;

import io.suimon.chaos.Sample.Signal;
import java.util.Locale;

/** Every read and every write of the Admin API over time: how long it took, and what came of it. */
final class AdminChart {

    private static final double NANOS = 1e9;

    private AdminChart() {}

    static String svg(Observation seen) {
        return of("reads of the Admin API, ms", Signal.READ, seen)
                + of("writes to the Admin API, ms", Signal.WRITE, seen);
    }

    private static String of(String title, Signal signal, Observation seen) {
        double length = (seen.endedAt() - seen.startedAt()) / NANOS;
        var samples = seen.samples().stream()
                .filter(sample -> sample.signal() == signal)
                .toList();
        double[] latencies =
                samples.stream().mapToDouble(sample -> sample.nanos() / 1e6).toArray();
        var plot = TrafficChart.plot(title, seen, length, TrafficChart.top(latencies, 10));
        for (var sample : samples) {
            plot.dot(
                    sample.outcome().name().toLowerCase(Locale.ROOT),
                    (sample.at() - seen.startedAt()) / NANOS,
                    sample.nanos() / 1e6);
        }
        return plot.legend(0, "ok", "succeeded")
                .legend(95, "refused", "refused (503, in the words agreed on)")
                .legend(330, "failed", "failed")
                .end();
    }
}
