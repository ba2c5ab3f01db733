package io.suimon.chaos;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes in the answers to all probes. Thread-safe; an experiment's worth of them is some ten thousand. */
final class Recorder {

    private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Sight> sights = new ConcurrentLinkedQueue<>();

    void add(Sample sample) {
        samples.add(sample);
    }

    void add(Sight sight) {
        sights.add(sight);
    }

    /** How etcd looked to the control planes, in no particular order. */
    List<Sight> sights() {
        return List.copyOf(sights);
    }

    /** All of them, in no particular order. */
    List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** Forgets everything: another experiment begins. */
    void clear() {
        samples.clear();
        sights.clear();
    }
}
