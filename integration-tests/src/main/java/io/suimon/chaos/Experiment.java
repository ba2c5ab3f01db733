package io.suimon.chaos;

import java.time.Duration;
import java.util.List;

/**
 * A fault with what must hold through it.
 *
 * @param name for the command line
 * @param fault what goes wrong, as the table of promises says it
 * @param promise what Suimon then does
 * @param lasts how long the fault holds, at least; checks that take longer prolong it
 * @param during looked at while it holds, in order
 * @param after looked at when it was healed, in order
 * @param expectations judged at the end
 * @param losesWrites whether acknowledged writes may be gone after it, because an operator said so
 */
record Experiment(
        String name,
        String fault,
        String promise,
        Duration lasts,
        Fault injection,
        List<Check> during,
        List<Check> after,
        List<Expectation> expectations,
        boolean losesWrites) {

    Experiment(
            String name,
            String fault,
            String promise,
            Duration lasts,
            Fault injection,
            List<Check> during,
            List<Check> after,
            List<Expectation> expectations) {
        this(name, fault, promise, lasts, injection, during, after, expectations, false);
    }

    Experiment {
        during = List.copyOf(during);
        after = List.copyOf(after);
        expectations = List.copyOf(expectations);
    }
}
