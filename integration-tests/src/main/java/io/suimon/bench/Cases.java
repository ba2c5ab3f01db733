package io.suimon.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs scenarios one after the other with the proxies that are there, and says how far it is. One thread uses it. */
final class Cases {

    private final BenchOptions options;
    private final Contender nginx;
    private final List<Contender> rivals;
    private final SuimonUnderTest suimon;
    private final Supplier<SuimonUnderTest> another;
    private final Consumer<String> say;
    private final Pace pace;
    private final int warmUpSeconds;
    private int done;
    private boolean warm;

    /**
     * For proxies that run.
     *
     * @param rivals those beside nginx
     * @param another starts one more Suimon, which ends with its scenario
     * @param say for a line of progress
     */
    Cases(
            BenchOptions options,
            Contender nginx,
            List<Contender> rivals,
            SuimonUnderTest suimon,
            Supplier<SuimonUnderTest> another,
            Consumer<String> say) {
        this.options = options;
        this.nginx = nginx;
        this.rivals = List.copyOf(rivals);
        this.suimon = suimon;
        this.another = another;
        this.say = say;
        this.pace = new Pace(options.rounds(), options.seconds(), rivals.size() + 1);
        this.warmUpSeconds = pace.warmUpSeconds();
    }

    /** Runs the next one; whatever goes wrong is its outcome, and the others go on. */
    Outcome run(Scenario scenario) {
        var all = options.scenarios();
        say.accept("\n[%d of %d] %s: %s; about %s left"
                .formatted(
                        done + 1, all.size(), scenario.name(), scenario.title(), left(all.subList(done, all.size()))));
        done++;
        try {
            suimon.configure(scenario.setup());
            try {
                return scenario.has(Extra.ONE_ROUTE) ? besideOneRoute(scenario) : measured(scenario, List.of());
            } finally {
                suimon.clean(scenario.setup());
            }
        } catch (RuntimeException e) { // a case that fails is no reason to lose those that did not
            return new Outcome.Failed(String.valueOf(e.getMessage()));
        }
    }

    private Outcome besideOneRoute(Scenario scenario) {
        try (var second = another.get()) {
            second.configure(Setup.PLAIN);
            return measured(scenario, List.of(second.contender()));
        }
    }

    private Outcome measured(Scenario scenario, List<Contender> seconds) {
        var suimons = new ArrayList<>(List.of(suimon.contender()));
        suimons.addAll(seconds);
        var others = new ArrayList<>(suimons);
        others.addAll(rivals);
        var trial = new Trial(
                scenario, options.seconds(), nginx, others, () -> new Churn(suimon.adminPort(), suimon.origin()));
        trial.warmUp(suimons.getFirst(), warm ? Pace.WARM_UPS : Pace.FIRST_WARM_UPS, warmUpSeconds);
        warm = true;
        seconds.forEach(each -> trial.warmUp(each, Pace.FIRST_WARM_UPS, warmUpSeconds));
        trial.warmUp(nginx, 1, Pace.SHORT_SECONDS);
        rivals.forEach(each -> trial.warmUp(each, 1, Pace.SHORT_SECONDS));
        var round = new int[1];
        var measured =
                trial.measure(options.rounds(), () -> say.accept("  round " + ++round[0] + " of " + options.rounds()));
        return scenario.has(Extra.ALLOCATION) ? withAllocation(scenario, suimons.getFirst(), measured) : measured;
    }

    private Outcome withAllocation(Scenario scenario, Contender node, Outcome.Measured measured) {
        double bytes = Allocation.perAnswer(
                node.pids().getFirst(),
                node.door().folder(),
                options.seconds(),
                length -> scenario.load().run(node.door(), length).count());
        var notes = new ArrayList<>(measured.notes());
        notes.add(String.format(Locale.ROOT, "Allocated by Suimon's event loops: %.1f bytes per request.", bytes));
        return new Outcome.Measured(measured.results(), notes);
    }

    private String left(List<Scenario> scenarios) {
        return words(pace.of(scenarios, warm));
    }

    static String words(Duration left) {
        long minutes = Math.round(left.toSeconds() / 60.0);
        return minutes == 0 ? left.toSeconds() + " s" : minutes + " min";
    }
}
