package io.suimon.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param list whether only to say what there is
 * @param experiments in the order to run them in
 * @param steady how long the installation is watched before and after a fault
 * @param output where reports and logs go
 */
record ChaosOptions(boolean list, List<Experiment> experiments, Duration steady, Path output) {

    private static final Duration STEADY = Duration.ofSeconds(5);

    ChaosOptions {
        experiments = List.copyOf(experiments);
    }

    /** @throws IllegalArgumentException for people, on one line */
    static ChaosOptions parse(List<String> arguments, Path work) {
        if (arguments.equals(List.of("list"))) {
            return new ChaosOptions(true, List.of(), STEADY, work);
        }
        if (arguments.isEmpty() || !arguments.getFirst().equals("run")) {
            throw new IllegalArgumentException((arguments.isEmpty() ? "no command" : arguments.getFirst())
                    + " (expected: list, or run; see ./suimon chaos --help)");
        }
        return new Parser(work).parse(arguments.subList(1, arguments.size()));
    }

    private static final class Parser {
        private final List<Experiment> experiments = new ArrayList<>();
        private Duration steady = STEADY;
        private Path output;
        private boolean random;
        private @Nullable Long seed;
        private int minutes = 5;

        Parser(Path work) {
            this.output = work;
        }

        ChaosOptions parse(List<String> arguments) {
            var rest = arguments.iterator();
            while (rest.hasNext()) {
                var argument = rest.next();
                switch (argument) {
                    case "--all" -> experiments.addAll(Catalog.all());
                    case "--short" -> Catalog.SHORT.forEach(name -> experiments.add(named(name)));
                    case "--random" -> random = true;
                    case "--seed" -> seed = number(argument, rest.hasNext() ? rest.next() : "", Long.MAX_VALUE);
                    case "--minutes" -> minutes = (int) number(argument, rest.hasNext() ? rest.next() : "", 1440);
                    case "--steady" ->
                        steady = Duration.ofSeconds(number(argument, rest.hasNext() ? rest.next() : "", 600));
                    case "--output" ->
                        output = Path.of(rest.hasNext() ? rest.next() : "").toAbsolutePath();
                    default -> experiments.add(named(argument));
                }
            }
            if (random) {
                experiments.add(RandomFaults.experiment(
                        Objects.requireNonNullElseGet(seed, System::nanoTime), Duration.ofMinutes(minutes)));
            }
            if (experiments.isEmpty()) {
                throw new IllegalArgumentException(
                        "nothing to run (expected: names, --all, --short or --random; see ./suimon chaos list)");
            }
            return new ChaosOptions(false, experiments, steady, output);
        }

        private static Experiment named(String name) {
            return Catalog.named(name)
                    .orElseThrow(() -> new IllegalArgumentException(
                            name + ": unknown experiment or option (see ./suimon chaos list)"));
        }

        private static long number(String option, String value, long most) {
            try {
                long number = Long.parseLong(value);
                if (number >= 1 && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Told below, like a number out of range.
            }
            throw new IllegalArgumentException(option + ": " + value + " (expected: 1.." + most + ")");
        }
    }
}
