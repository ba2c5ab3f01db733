package io.suimon.chaos;

import java.util.List;

/** An experiment that was run. */
record Result(Experiment experiment, Observation seen, List<Finding> findings) {

    Result {
        findings = List.copyOf(findings);
    }

    boolean kept() {
        return findings.stream().allMatch(Finding::kept);
    }
}
