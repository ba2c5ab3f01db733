package io.suimon.bench;

import io.suimon.bench.load.FailedLoadException;
import io.suimon.bench.load.IdleConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** One scenario with all contenders, configured and running: warms them up, and takes samples in turn. One thread uses it. */
final class Trial {

    private static final double KIB_PER_MIB = 1024;

    private final Scenario scenario;
    private final int seconds;
    private final Contender nginx;
    private final List<Contender> others;
    private final Supplier<Churn> churn;
    private final Map<String, Double> memoryBefore = new HashMap<>();
    private final DoubleSummaryStatistics changesPerSecond = new DoubleSummaryStatistics();

    /**
     * Of contenders that run.
     *
     * @param others what is compared with nginx, Suimon first
     * @param churn begins to change Suimon's configuration
     */
    Trial(Scenario scenario, int seconds, Contender nginx, List<Contender> others, Supplier<Churn> churn) {
        this.scenario = scenario;
        this.seconds = seconds;
        this.nginx = nginx;
        this.others = List.copyOf(others);
        this.churn = churn;
    }

    /** Loads one of them so many times, without looking at the figures. */
    void warmUp(Contender contender, int times, int length) {
        for (int i = 0; i < times; i++) {
            named(contender, () -> besideChurn(contender, () -> scenario.load().run(contender.door(), length)));
        }
        memoryBefore.put(contender.name(), ProcessMeter.residentMiB(contender.pids()));
    }

    /**
     * Takes the samples; all contenders are warm.
     *
     * @param afterRound told each time all of them have had their turn
     */
    Outcome.Measured measure(int rounds, Runnable afterRound) {
        var results = new Results();
        var last = sample(nginx);
        for (int round = 1; round <= rounds; round++) {
            for (var contender : others) {
                var sample = sample(contender);
                var next = sample(nginx);
                results.add(contender.name(), last, sample, next);
                last = next;
            }
            afterRound.run();
        }
        return new Outcome.Measured(results, notes(results));
    }

    private Sample sample(Contender contender) {
        return named(contender, () -> besideChurn(contender, () -> besideIdle(contender)));
    }

    private Sample besideIdle(Contender contender) {
        if (!scenario.has(Extra.IDLE_CONNECTIONS)) {
            return loaded(contender);
        }
        try (var idle = IdleConnections.open(Scenario.IDLE_CONNECTIONS, contender.door(), "/100")) {
            var sample = loaded(contender);
            idle.demandAll();
            return sample;
        }
    }

    private <T> T besideChurn(Contender contender, Supplier<T> run) {
        if (!scenario.has(Extra.CHURN) || !contender.equals(others.getFirst())) {
            return run.get();
        }
        try (var running = churn.get()) {
            var result = run.get();
            changesPerSecond.accept(running.perSecond());
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Sample loaded(Contender contender) {
        double before = ProcessMeter.cpuMicros(contender.pids());
        var core = CoreMeter.ofTheLoad();
        var answered = scenario.load().run(contender.door(), seconds);
        return Sample.of(
                answered,
                ProcessMeter.cpuMicros(contender.pids()) - before,
                ProcessMeter.residentMiB(contender.pids()),
                core.busyPercent());
    }

    private static <T> T named(Contender contender, Supplier<T> run) {
        try {
            return run.get();
        } catch (FailedLoadException e) {
            throw new FailedLoadException(contender.name() + ": " + e.getMessage());
        }
    }

    private List<String> notes(Results results) {
        var notes = new ArrayList<String>();
        if (scenario.has(Extra.IDLE_CONNECTIONS)) {
            var perConnection = new ArrayList<String>();
            perConnection.add(idleKiB(nginx.name(), results.reference(Sample::residentMiB)));
            others.forEach(
                    each -> perConnection.add(idleKiB(each.name(), results.value(each.name(), Sample::residentMiB))));
            notes.add("Resident memory per idle connection: " + String.join(", ", perConnection) + ".");
        }
        if (scenario.has(Extra.CHURN)) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Changes taken while Suimon was measured: %.0f per second; there were none while the others were.",
                    changesPerSecond.getAverage()));
        }
        if (scenario.has(Extra.ONE_ROUTE)) {
            var many = others.get(0).name();
            var one = others.get(1).name();
            notes.add(String.format(
                    Locale.ROOT,
                    "With all routes against one: %.2f of the requests/s, %.2f of the CPU per request.",
                    results.ratio(many, Sample::perSecond) / results.ratio(one, Sample::perSecond),
                    results.ratio(many, Sample::cpuMicros) / results.ratio(one, Sample::cpuMicros)));
        }
        return notes;
    }

    private String idleKiB(String name, double residentMiB) {
        double before = memoryBefore.getOrDefault(name, residentMiB);
        return String.format(
                Locale.ROOT, "%s %.1f KiB", name, (residentMiB - before) * KIB_PER_MIB / Scenario.IDLE_CONNECTIONS);
    }
}
