package io.suimon.soak;

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
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            var option = rest.next();
            var value = rest.hasNext() ? rest.next() : "";
            switch (option) {
                case "--minutes" -> length = Duration.ofMinutes(number(option, value, MOST_MINUTES));
                case "--seconds" -> length = Duration.ofSeconds(number(option, value, MOST_SECONDS));
                case "--output" -> output = Path.of(value).toAbsolutePath();
                default -> throw new IllegalArgumentException(option + ": unknown option (see ./suimon soak --help)");
            }
        }
        return new SoakOptions(length, output);
    }

    private static int number(String option, String value, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new IllegalArgumentException(option + ": " + value + " (expected: 1.." + most + ")");
    }
}
