package io.suimon.chaos;

import io.suimon.harness.Option;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
            throw new IllegalArgumentException((arguments.isEmpty() ? "no command" : String.join(" ", arguments))
                    + " (expected: list, or run; see ./suimon chaos --help)");
        }
        return new Parser(work).parse(arguments.subList(1, arguments.size()));
    }

    private static final class Parser {
        private final List<Experiment> experiments = new ArrayList<>();
        private Duration steady = STEADY;
        private Path output;
        private boolean random;
        private long seed = System.nanoTime();
        private int minutes = 5;
        private final List<Option> ofRandom = new ArrayList<>();

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
                    default -> {
                        if (argument.startsWith("-")) {
                            take(new Option(argument, rest.hasNext() ? rest.next() : ""));
                        } else {
                            experiments.add(named(argument));
                        }
                    }
                }
            }
            addRandom();
            if (experiments.isEmpty()) {
                throw new IllegalArgumentException(
                        "nothing to run (expected: names, --all, --short or --random; see ./suimon chaos list)");
            }
            return new ChaosOptions(false, experiments, steady, output);
        }

        private void take(Option option) {
            switch (option.name()) {
                case "--seed" -> {
                    seed = option.number(1, Long.MAX_VALUE);
                    ofRandom.add(option);
                }
                case "--minutes" -> {
                    minutes = option.number(1, 1440);
                    ofRandom.add(option);
                }
                case "--steady" -> steady = Duration.ofSeconds(option.number(1, 600));
                case "--output" -> output = option.folder();
                default -> throw option.unknown("chaos");
            }
        }

        private void addRandom() {
            if (random) {
                experiments.add(RandomFaults.experiment(seed, Duration.ofMinutes(minutes)));
            } else if (!ofRandom.isEmpty()) {
                throw ofRandom.getFirst().unlike("only together with --random");
            }
        }

        private static Experiment named(String name) {
            return Catalog.named(name)
                    .orElseThrow(() ->
                            new IllegalArgumentException(name + ": unknown experiment (see ./suimon chaos list)"));
        }
    }
}
