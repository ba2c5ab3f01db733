package io.suimon.chaos;

import io.suimon.chaos.Sample.Outcome;
import io.suimon.chaos.Sample.Signal;
import io.suimon.harness.Beat;
import io.suimon.harness.ControlPlaneSite;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads a route from each control plane that should be there, ten times a second in all. */
final class ReadProbe implements AutoCloseable {

    private final List<ControlPlaneSite> sites;
    private final Recorder recorder;
    private final Beat beat;
    private final AtomicInteger turn = new AtomicInteger();

    ReadProbe(List<ControlPlaneSite> sites, Recorder recorder) {
        this.sites = List.copyOf(sites);
        this.recorder = recorder;
        this.beat = new Beat("reads", Duration.ofMillis(100), this::ask);
    }

    private void ask(long due) {
        int next = turn.getAndIncrement() % sites.size();
        var answer = AdminAnswer.to(sites.get(next), "GET", "/apisix/admin/routes/" + Testbed.STEADY, "");
        var outcome = answer.status() == 200 ? Outcome.OK : answer.refusal() ? Outcome.REFUSED : Outcome.FAILED;
        recorder.add(new Sample(Signal.READ, due, outcome, System.nanoTime() - due, answer.summary(next)));
    }

    @Override
    public void close() {
        beat.close();
    }
}
