package io.suimon.chaos;

import io.suimon.harness.PlaneProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Runs experiments on one installation, one after the other, with all probes at work. One thread uses it. */
final class Laboratory implements AutoCloseable {

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(15);
    private static final Pattern DESCRIPTION = Pattern.compile("\"desc\":\"(\\d+)\"");

    private final Testbed bed;
    private final Duration steady;
    private final Recorder recorder = new Recorder();
    private final Ledger ledger = new Ledger();

    /** @param steady how long it is watched before a fault and after it */
    Laboratory(Testbed bed, Duration steady) {
        this.bed = bed;
        this.steady = steady;
    }

    /** Runs one, where it can be run. */
    Result run(Experiment experiment) throws Exception {
        var obstacle = experiment.injection().obstacle();
        return obstacle.isPresent() ? new Result.NotRun(experiment, obstacle.get()) : judged(experiment);
    }

    private Result judged(Experiment experiment) throws Exception {
        recorder.clear();
        var findings = new ArrayList<Finding>();
        var course = course(experiment, findings);
        bed.restore();
        if (experiment.losesWrites()) {
            ledger.adopt(key -> value(key, 0));
        }
        var seen = new Observation(
                recorder.samples(),
                recorder.sights(),
                course.startedAt(),
                course.faultAt(),
                course.heldFrom(),
                course.healedAt(),
                course.endedAt(),
                course.log(),
                course.cpu(),
                ledger.size(),
                lost());
        experiment.expectations().forEach(expectation -> findings.add(expectation.judge(seen)));
        return new Result.Judged(experiment, seen, findings);
    }

    /** What was noted while an experiment took its course. */
    private record Course(
            long startedAt,
            long faultAt,
            long heldFrom,
            long healedAt,
            long endedAt,
            ControlPlaneLog log,
            Duration cpu) {}

    private Course course(Experiment experiment, List<Finding> findings) throws Exception {
        try (var probes = new Probes(bed, recorder, ledger)) {
            long startedAt = probes.start();
            rest(startedAt + steady.toNanos());
            var before = bed.controlPlaneLog();
            var cpu = bed.controlPlaneCpu();
            long faultAt = System.nanoTime();
            experiment.injection().inject(bed);
            long heldFrom = System.nanoTime();
            look(experiment.during(), findings);
            rest(faultAt + experiment.lasts().toNanos());
            var used = bed.controlPlaneCpu().minus(cpu);
            long healedAt = System.nanoTime();
            experiment.injection().heal(bed);
            look(experiment.after(), findings);
            rest(healedAt + steady.toNanos());
            return new Course(
                    startedAt,
                    faultAt,
                    heldFrom,
                    healedAt,
                    System.nanoTime(),
                    bed.controlPlaneLog().since(before),
                    used);
        }
    }

    private void look(List<Check> checks, List<Finding> findings) throws Exception {
        for (var check : checks) {
            findings.add(check.look(bed));
        }
    }

    private static void rest(long until) {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** What the ledger finds amiss once both control planes show what the store holds. */
    private List<String> lost() {
        PlaneProcess.await(() -> ledger.violations(key -> value(key, 0)).isEmpty(), SETTLED_WITHIN);
        var found = new ArrayList<String>();
        for (int i = 0; i < bed.controlPlaneSites().size(); i++) {
            int site = i;
            found.addAll(ledger.violations(key -> value(key, site)));
        }
        return found;
    }

    private int value(String key, int site) {
        var answer = AdminAnswer.to(bed.controlPlaneSites().get(site), "GET", "/apisix/admin/routes/" + key, "");
        var written = DESCRIPTION.matcher(answer.body());
        return answer.status() == 200 && written.find() ? Integer.parseInt(written.group(1)) : -1;
    }

    @Override
    public void close() {
        bed.close();
    }
}
