package io.suimon.chaos;

import java.util.ArrayList;
import java.util.List;

/** All that asks something of an installation while an experiment runs. One thread uses it. */
final class Probes implements AutoCloseable {

    private static final int REQUESTS_PER_SECOND_AND_NODE = 100;

    private final Testbed bed;
    private final Recorder recorder;
    private final Ledger ledger;
    private final List<Runnable> ends = new ArrayList<>();

    Probes(Testbed bed, Recorder recorder, Ledger ledger) {
        this.bed = bed;
        this.recorder = recorder;
        this.ledger = ledger;
    }

    /** Begins to ask; returns when that was, as {@link System#nanoTime} says. */
    long start() {
        long now = System.nanoTime();
        for (var node : bed.nodeSites()) {
            var traffic =
                    new TrafficProbe(node.trafficPort(), Testbed.STEADY_PATH, REQUESTS_PER_SECOND_AND_NODE, recorder);
            ends.add(traffic::close);
        }
        var reads = new ReadProbe(bed.controlPlaneSites(), recorder);
        ends.add(reads::close);
        var writes = new WriteProbe(bed.controlPlaneSites(), recorder, ledger);
        ends.add(writes::close);
        var store = new StoreProbe(bed.controlPlaneSites(), bed.etcd().members().size(), recorder);
        ends.add(store::close);
        return now;
    }

    /** Asks no more, and waits for the answers that are due. */
    @Override
    public void close() {
        ends.forEach(Runnable::run);
    }
}
