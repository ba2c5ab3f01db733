package io.suimon.process;

import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns what ended a start into one line for people. */
final class StartUpFailure {

    private static final int MAX_CAUSES = 20;

    private StartUpFailure() {}

    /**
     * The line, where the cause is something a person can put right; empty for a defect.
     *
     * @param ofThisProcess asked about each cause before the causes that every process has
     */
    static Optional<String> explain(Throwable failure, Function<Throwable, Optional<String>> ofThisProcess) {
        return causes(failure).stream()
                .flatMap(cause -> ofThisProcess.apply(cause).or(() -> ofEveryProcess(cause)).stream())
                .map(line -> line.replaceAll("\\s+", " ").strip())
                .findFirst();
    }

    private static Optional<String> ofEveryProcess(Throwable cause) {
        return Optional.ofNullable(
                switch (cause) {
                    case InvalidSettingException invalid -> invalid.getMessage();
                    case ConfigValidationException invalid -> problems(invalid);
                    case IOException broken -> broken.getMessage();
                    case IllegalArgumentException invalid -> invalid.getMessage();
                    default -> null;
                });
    }

    /** A setting that cannot be read arrives with the name of an exception in front. */
    private static String problems(ConfigValidationException invalid) {
        return IntStream.range(0, invalid.getProblemCount())
                .mapToObj(invalid::getProblem)
                .map(problem -> problem.getMessage().replaceFirst("^[\\w.]+Exception: ", ""))
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
