package io.suimon.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the probes saw of one signal in one stretch of time. Immutable.
 *
 * @param samples that were due in it
 */
record Window(List<Sample> samples, Duration length) {

    private static final int TOLD = 5;

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

    /**
     * The first of those that are not as they should be, for people: when each was due, how long it took and what came of it. Begins
     * with a colon; empty when there are none.
     *
     * @param from the moment to count from
     */
    String account(Predicate<Sample> amiss, long from) {
        var found = samples.stream()
                .filter(amiss)
                .sorted(Comparator.comparingLong(sample -> sample.at() - from))
                .toList();
        var told = found.stream()
                .limit(TOLD)
                .map(sample -> "at %.1f s, %.0f ms: %s"
                        .formatted((sample.at() - from) / 1e9, sample.nanos() / 1e6, sample.detail()))
                .collect(Collectors.joining("; "));
        return (found.isEmpty() ? "" : ": ")
                + told
                + (found.size() > TOLD ? "; and %d more".formatted(found.size() - TOLD) : "");
    }
}
