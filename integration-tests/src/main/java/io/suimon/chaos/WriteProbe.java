package io.suimon.chaos;

import io.suimon.chaos.Sample.Outcome;
import io.suimon.chaos.Sample.Signal;
import io.suimon.harness.Beat;
import io.suimon.harness.ControlPlaneSite;
import java.time.Duration;
import java.util.List;

/**
 * Writes routes, four times a second. Each of its routes is written by one writer only, one value after the other, so the
 * {@link Ledger} knows what may be there.
 */
final class WriteProbe implements AutoCloseable {

    private static final int WRITERS = 16;

    private final List<ControlPlaneSite> sites;
    private final Recorder recorder;
    private final Ledger ledger;
    private final Beat beat;

    WriteProbe(List<ControlPlaneSite> sites, Recorder recorder, Ledger ledger) {
        this.sites = List.copyOf(sites);
        this.recorder = recorder;
        this.ledger = ledger;
        this.beat = new Beat("writes", Duration.ofMillis(250), this::write);
    }

    private void write(long due) {
        int number = ledger.next();
        int turn = number % sites.size();
        var id = "probe-" + number % WRITERS;
        ledger.write(id, number, () -> {
            var answer = AdminAnswer.to(sites.get(turn), "PUT", "/apisix/admin/routes/" + id, route(number));
            var outcome = answer.good() ? Outcome.OK : answer.refusal() ? Outcome.REFUSED : Outcome.FAILED;
            recorder.add(new Sample(Signal.WRITE, due, outcome, System.nanoTime() - due, answer.summary(turn)));
            return answer;
        });
    }

    private static String route(int number) {
        return "{\"uri\":\"/probe\",\"desc\":\"" + number + "\",\"upstream\":{\"nodes\":{\"127.0.0.1:9\":1}}}";
    }

    @Override
    public void close() {
        beat.close();
    }
}
