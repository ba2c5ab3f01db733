package io.suimon.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A run of {@code ./suimon chaos} whose promise cannot hold: that writes are refused by a store that is well. */
final class BrokenPromise {

    private BrokenPromise() {}

    /** Arguments: the checkout, the folder of the report. */
    public static void main(String[] arguments) throws Exception {
        var experiment = new Experiment(
                "nothing-happens",
                "nothing",
                "writes are refused",
                Duration.ofSeconds(2),
                Fault.of(bed -> {}, bed -> {}),
                List.of(),
                List.of(),
                Expectation.unharmed(Expectation.writesAreRefusedWithin(Duration.ofSeconds(3))));
        var options = new ChaosOptions(false, List.of(experiment), Duration.ofSeconds(1), Path.of(arguments[1]));
        System.exit(new Chaos(Path.of(arguments[0]), options).run());
    }
}
