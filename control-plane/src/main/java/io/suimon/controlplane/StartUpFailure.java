package io.suimon.controlplane;

import io.quarkus.runtime.QuarkusBindException;
import io.smallrye.config.ConfigValidationException;
import io.suimon.controlplane.settings.InvalidSettingException;
import io.suimon.controlplane.store.StoreSettingException;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Turns what ended a start into one line for people. */
final class StartUpFailure {

    private static final int MAX_CAUSES = 20;

    private StartUpFailure() {}

    /** The line, where the cause is something a person set; empty for a defect. */
    static Optional<String> explain(Throwable failure) {
        return causes(failure).stream().flatMap(cause -> line(cause).stream()).findFirst();
    }

    private static Optional<String> line(Throwable cause) {
        var line = switch (cause) {
            case InvalidSettingException invalid -> invalid.getMessage();
            case StoreSettingException invalid -> invalid.getMessage();
            case ConfigValidationException invalid -> problems(invalid);
            case QuarkusBindException taken -> taken(taken.getPort());
            // Quarkus names the port of the main server; only the management interface fails without a name.
            case BindException taken ->
                taken(ConfigProvider.getConfig().getValue("suimon.management.port", Integer.class));
            case IOException broken -> broken.getMessage();
            case IllegalArgumentException invalid -> invalid.getMessage();
            default -> null;
        };
        return Optional.ofNullable(line)
                .map(text -> text.replaceAll("\\s+", " ").strip());
    }

    private static String problems(ConfigValidationException invalid) {
        return IntStream.range(0, invalid.getProblemCount())
                .mapToObj(invalid::getProblem)
                .map(ConfigValidationException.Problem::getMessage)
                .collect(Collectors.joining("; "));
    }

    private static String taken(int port) {
        return settingOf(port) + ": " + port + " cannot be bound (expected: a free port of this machine)";
    }

    private static String settingOf(int port) {
        var config = ConfigProvider.getConfig();
        return List.of("suimon.admin.port", "suimon.management.port").stream()
                .filter(setting -> config.getOptionalValue(setting, Integer.class)
                        .filter(value -> value == port)
                        .isPresent())
                .findFirst()
                .orElse("port");
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
