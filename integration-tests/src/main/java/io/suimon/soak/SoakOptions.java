package io.suimon.soak;

import io.suimon.harness.Option;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param length of the traffic
 * @param output where logs go
 */
record SoakOptions(Duration length, Path output) {

    private static final int MOST_MINUTES = 24 * 60;
    private static final int MOST_SECONDS = 3600;

    /** @throws IllegalArgumentException for people, on one line */
    static SoakOptions parse(List<String> arguments, Path work) {
        var length = Duration.ofMinutes(30);
        var output = work;
        for (var option : Option.pairs(arguments)) {
            switch (option.name()) {
                case "--minutes" -> length = Duration.ofMinutes(option.number(1, MOST_MINUTES));
                case "--seconds" -> length = Duration.ofSeconds(option.number(1, MOST_SECONDS));
                case "--output" -> output = option.folder();
                default -> throw option.unknown("soak");
            }
        }
        return new SoakOptions(length, output);
    }
}
