package io.suimon.controlplane.secret;

import io.suimon.controlplane.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The environment of this process, as far as resources may refer to it: its own settings, keys among them, are not for nodes. Immutable. */
final class Environment {

    private static final List<String> SETTINGS = List.of("suimon", "quarkus");

    private final Map<String, String> variables;
    private final Optional<List<String>> allowed;

    Environment(Map<String, String> variables, Optional<List<String>> allowed) {
        this.variables = Map.copyOf(variables);
        this.allowed = allowed.map(List::copyOf);
    }

    Outcome read(Reference.Environment reference) {
        var name = reference.name();
        var lower = name.toLowerCase(Locale.ROOT);
        if (SETTINGS.stream().anyMatch(lower::startsWith)) {
            return failed(name, "is a setting of the control plane (expected: another one)");
        }
        if (allowed.isPresent() && !allowed.get().contains(name)) {
            return failed(name, "may not be referred to (expected: one of suimon.secrets.environment)");
        }
        var value = variables.get(name);
        if (value == null) {
            return failed(name, "is not set");
        }
        var field = reference.field();
        if (field == null) {
            return new Outcome.Value(value);
        }
        return Json.object(value.getBytes(StandardCharsets.UTF_8))
                .map(object -> Outcome.ofField(object, field))
                .orElseGet(() -> failed(name, "holds no JSON object (expected: one with the field " + field + ")"));
    }

    private static Outcome failed(String name, String reason) {
        return new Outcome.Failed("environment variable " + name + " " + reason);
    }
}
