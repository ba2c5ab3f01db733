package io.suimon.chaos;

import io.suimon.chaos.Sample.Signal;
import java.time.Duration;
import java.util.List;

/**
 * All that was measured in an experiment. Moments are as {@link System#nanoTime} says.
 *
 * @param samples of all probes
 * @param sights how etcd looked to the control planes
 * @param faultAt when it began to go wrong; between this and {@code heldFrom} things were done one after the other
 * @param log what the control planes logged from the fault to the end
 * @param cpu that the control planes used while the fault held
 * @param lost writes that are not in the store as they may be; empty when nothing was lost
 */
record Observation(
        List<Sample> samples,
        List<Sight> sights,
        long startedAt,
        long faultAt,
        long heldFrom,
        long healedAt,
        long endedAt,
        ControlPlaneLog log,
        Duration cpu,
        int ledgerSize,
        List<String> lost) {

    Observation {
        samples = List.copyOf(samples);
        sights = List.copyOf(sights);
        lost = List.copyOf(lost);
    }

    /** How etcd looked to the control planes from one moment, inclusive, to another, exclusive. */
    List<Sight> sights(long from, long to) {
        return sights.stream()
                .filter(sight -> sight.at() - from >= 0 && sight.at() - to < 0)
                .toList();
    }

    Window before(Signal signal) {
        return Window.of(samples, signal, startedAt, faultAt);
    }

    Window during(Signal signal) {
        return Window.of(samples, signal, faultAt, healedAt);
    }

    /** Those that were asked and answered while the fault held. */
    Window answeredDuring(Signal signal) {
        var asked = Window.of(samples, signal, heldFrom, healedAt);
        return new Window(
                asked.samples().stream()
                        .filter(sample -> sample.at() + sample.nanos() - healedAt < 0)
                        .toList(),
                asked.length());
    }

    Window after(Signal signal) {
        return Window.of(samples, signal, healedAt, endedAt);
    }

    /** From the fault to the end. */
    Window since(Signal signal) {
        return Window.of(samples, signal, faultAt, endedAt);
    }
}
