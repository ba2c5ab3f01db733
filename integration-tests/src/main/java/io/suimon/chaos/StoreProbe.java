package io.suimon.chaos;

import io.suimon.harness.Beat;
import io.suimon.harness.ControlPlaneSite;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks each control plane that should be there how etcd and its members look to it, four times a second in all. */
final class StoreProbe implements AutoCloseable {

    private final List<ControlPlaneSite> sites;
    private final int members;
    private final Recorder recorder;
    private final AtomicInteger turn = new AtomicInteger();
    private final Beat beat;

    StoreProbe(List<ControlPlaneSite> sites, int members, Recorder recorder) {
        this.sites = List.copyOf(sites);
        this.members = members;
        this.recorder = recorder;
        this.beat = new Beat("store", Duration.ofMillis(250), this::ask);
    }

    private void ask(long due) {
        int next = turn.getAndIncrement() % sites.size();
        recorder.add(Sight.of(due, next, members, AdminAnswer.to(sites.get(next), "GET", "/suimon/v1/store", "")));
    }

    @Override
    public void close() {
        beat.close();
    }
}
