package io.suimon.chaos;

import io.suimon.chaos.Sample.Outcome;
import io.suimon.chaos.Sample.Signal;
import java.util.stream.IntStream;

/** Requests of clients over time: how many were answered, how long they took, and each that failed. */
final class TrafficChart {

    private static final double SLICE_SECONDS = 0.5;
    private static final double NANOS = 1e9;

    private TrafficChart() {}

    static String svg(Observation seen) {
        double length = (seen.endedAt() - seen.startedAt()) / NANOS;
        int slices = Math.max(1, (int) (length / SLICE_SECONDS));
        var windows = IntStream.range(0, slices)
                .mapToObj(slice -> Window.of(seen.samples(), Signal.TRAFFIC, at(seen, slice), at(seen, slice + 1)))
                .toList();
        double[] times = IntStream.range(0, slices)
                .mapToDouble(slice -> (slice + 0.5) * SLICE_SECONDS)
                .toArray();
        double[] rates = windows.stream().mapToDouble(Window::rate).toArray();
        double[] latencies =
                windows.stream().mapToDouble(window -> window.percentile(0.99)).toArray();
        return rates(seen, length, times, rates) + latencies(seen, length, times, latencies);
    }

    private static long at(Observation seen, int slice) {
        return seen.startedAt() + (long) (slice * SLICE_SECONDS * NANOS);
    }

    private static String rates(Observation seen, double length, double[] times, double[] rates) {
        var plot = plot("requests answered per second, and failures", seen, length, top(rates, 100))
                .line("ok line", times, rates);
        for (var sample : seen.samples()) {
            if (sample.signal() == Signal.TRAFFIC && sample.outcome() == Outcome.FAILED) {
                plot.dot("failed", (sample.at() - seen.startedAt()) / NANOS, 0);
            }
        }
        return plot.legend(0, "ok", "answered").legend(90, "failed", "failed").end();
    }

    private static String latencies(Observation seen, double length, double[] times, double[] latencies) {
        return plot("p99 latency of requests, ms", seen, length, top(latencies, 10))
                .line("slow line", times, latencies)
                .end();
    }

    static Plot plot(String title, Observation seen, double length, double top) {
        return new Plot(title, length, top)
                .fault((seen.faultAt() - seen.startedAt()) / NANOS, (seen.healedAt() - seen.startedAt()) / NANOS)
                .axes();
    }

    /** Four round steps that reach above all of these, and not below the least. */
    static double top(double[] values, double least) {
        double highest = least;
        for (double value : values) {
            highest = Math.max(highest, value);
        }
        double wanted = highest * 1.05 / 4;
        double unit = Math.pow(10, Math.floor(Math.log10(wanted)));
        for (double step : new double[] {1, 2, 2.5, 5}) {
            if (step * unit >= wanted) {
                return 4 * step * unit;
            }
        }
        return 40 * unit;
    }
}
