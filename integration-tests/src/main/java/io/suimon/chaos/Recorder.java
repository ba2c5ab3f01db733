package io.suimon.chaos;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes in the samples of all probes. Thread-safe; an experiment's worth of them is some ten thousand. */
final class Recorder {

    private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();

    void add(Sample sample) {
        samples.add(sample);
    }

    /** All of them, in no particular order. */
    List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** Forgets everything: another experiment begins. */
    void clear() {
        samples.clear();
    }
}
