package io.suimon.dataplane;

import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns what ended a start into one line for people. */
final class StartUpFailure {

    private static final int MAX_CAUSES = 20;

    private StartUpFailure() {}

    /** The line, where the cause is something a person can put right; empty for a defect. */
    static Optional<String> explain(Throwable failure) {
        return causes(failure).stream().flatMap(cause -> line(cause).stream()).findFirst();
    }

    private static Optional<String> line(Throwable cause) {
        var line = switch (cause) {
            case ConfigValidationException invalid -> problems(invalid);
            case IOException broken -> broken.getMessage();
            case IllegalStateException refused when namesASetting(refused) -> refused.getMessage();
            case IllegalArgumentException invalid -> invalid.getMessage();
            default -> null;
        };
        // A setting that cannot be read arrives with the name of an exception in front.
        return Optional.ofNullable(line)
                .map(text -> text.replaceAll("\\s+", " ")
                        .replaceFirst("^[\\w.]+Exception: ", "")
                        .strip());
    }

    /** Any other is a defect. */
    private static boolean namesASetting(IllegalStateException refused) {
        return String.valueOf(refused.getMessage()).startsWith("suimon.");
    }

    private static String problems(ConfigValidationException invalid) {
        return IntStream.range(0, invalid.getProblemCount())
                .mapToObj(invalid::getProblem)
                .map(ConfigValidationException.Problem::getMessage)
                .collect(Collectors.joining("; "));
    }

    private static List<Throwable> causes(Throwable failure) {
        var causes = new ArrayList<Throwable>();
        @Nullable Throwable next = failure;
        while (next != null && causes.size() < MAX_CAUSES) {
            causes.add(next);
            next = next.getCause();
        }
        return causes;
    }
}
