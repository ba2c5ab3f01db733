package io.suimon.chaos;

import java.util.List;

/** What came of an experiment. */
sealed interface Result {

    Experiment experiment();

    /** One that was run. */
    record Judged(Experiment experiment, Observation seen, List<Finding> findings) implements Result {

        public Judged {
            findings = List.copyOf(findings);
        }

        boolean kept() {
            return findings.stream().allMatch(Finding::kept);
        }
    }

    /**
     * One that could not be run here: nothing is known of its promise.
     *
     * @param reason what it needs, for people
     */
    record NotRun(Experiment experiment, String reason) implements Result {}

    /** Whether a promise was broken. */
    default boolean broken() {
        return this instanceof Judged judged && !judged.kept();
    }

    /** What the command ends with: 0 when what was tried was kept, 1 when a promise was broken, 3 when none could be tried. */
    static int exitCode(List<Result> results) {
        if (results.stream().anyMatch(Result::broken)) {
            return 1;
        }
        return results.stream().anyMatch(Judged.class::isInstance) ? 0 : 3;
    }

    /** How many promises were kept, of how many that were tried, for people. */
    static String summary(List<Result> results) {
        long tried = results.stream().filter(Judged.class::isInstance).count();
        long broken = results.stream().filter(Result::broken).count();
        return "%d of %d promises kept%s"
                .formatted(
                        tried - broken,
                        tried,
                        tried == results.size() ? "" : ", %d not run".formatted(results.size() - tried));
    }
}
