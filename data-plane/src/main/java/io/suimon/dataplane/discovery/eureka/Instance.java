package io.suimon.dataplane.discovery.eureka;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.dataplane.discovery.http.AnswerJson;
import io.suimon.engine.resource.Endpoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An instance of an application.
 *
 * @param endpoint where it is; null where it says no place, or is not up
 */
record Instance(String id, String status, @Nullable Endpoint endpoint) {

    private static final String UP = "UP";
    private static final int MAX_PORT = 65_535;
    private static final int MAX_WEIGHT = 1_000_000;

    /** Empty where it is none: it has no id, or no status. */
    static Optional<Instance> of(JsonNode json, int weight) {
        var host = text(json, "ipAddr").or(() -> text(json, "hostName"));
        var id = text(json, "instanceId").or(() -> text(json, "hostName"));
        var status = text(json, "status");
        if (id.isEmpty() || status.isEmpty()) {
            return Optional.empty();
        }
        boolean up = status.get().equals(UP);
        return Optional.of(new Instance(
                id.get(), status.get(), up && host.isPresent() ? endpoint(json, host.get(), weight) : null));
    }

    private static @Nullable Endpoint endpoint(JsonNode json, String host, int weight) {
        int port = port(json.path("port"), true);
        if (port == 0) {
            port = port(json.path("securePort"), false);
        }
        if (port == 0) {
            return null;
        }
        int share = AnswerJson.whole(json.path("metadata").path("weight"), 0, MAX_WEIGHT)
                .orElse(weight);
        return new Endpoint(host, port, share, 0);
    }

    /** A port that is enabled: a number, or an object as Eureka makes of XML; 0 where there is none. */
    private static int port(JsonNode port, boolean enabledUnlessSaid) {
        if (!port.isObject()) {
            return enabledUnlessSaid ? AnswerJson.whole(port, 1, MAX_PORT).orElse(0) : 0;
        }
        boolean enabled = port.path("@enabled").asBoolean(enabledUnlessSaid);
        return enabled ? AnswerJson.whole(port.path("$"), 1, MAX_PORT).orElse(0) : 0;
    }

    private static Optional<String> text(JsonNode json, String name) {
        var value = json.path(name);
        return value.isTextual() && !value.textValue().isBlank() ? Optional.of(value.textValue()) : Optional.empty();
    }
}
