package io.suimon.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What the probes saw of one signal in one stretch of time. Immutable.
 *
 * @param samples that were due in it
 */
record Window(List<Sample> samples, Duration length) {

    static final Window EMPTY = new Window(List.of(), Duration.ZERO);

    Window {
        samples = List.copyOf(samples);
    }

    /** Those samples of a signal that were due from one moment, inclusive, to another, exclusive. */
    static Window of(Collection<Sample> all, Sample.Signal signal, long from, long to) {
        return new Window(
                all.stream()
                        .filter(sample -> sample.signal() == signal && sample.at() - from >= 0 && sample.at() - to < 0)
                        .toList(),
                Duration.ofNanos(to - from));
    }

    int count() {
        return samples.size();
    }

    int count(Sample.Outcome outcome) {
        return (int)
                samples.stream().filter(sample -> sample.outcome() == outcome).count();
    }

    /** Good answers per second. */
    double rate() {
        return length.isZero() ? 0 : count(Sample.Outcome.OK) * 1e9 / length.toNanos();
    }

    /** The latency, in milliseconds, that this share of all requests did not exceed; 0 without any. */
    double percentile(double share) {
        if (samples.isEmpty()) {
            return 0;
        }
        long[] sorted = samples.stream().mapToLong(Sample::nanos).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] / 1e6;
    }

    /** The longest, in milliseconds; 0 without any. */
    double slowest() {
        return Arrays.stream(samples.stream().mapToLong(Sample::nanos).toArray())
                        .max()
                        .orElse(0)
                / 1e6;
    }

    /** What the first failures said, for people. */
    String failures() {
        return String.join(
                "; ",
                samples.stream()
                        .filter(sample -> sample.outcome() == Sample.Outcome.FAILED)
                        .map(Sample::detail)
                        .distinct()
                        .limit(3)
                        .toList());
    }
}
