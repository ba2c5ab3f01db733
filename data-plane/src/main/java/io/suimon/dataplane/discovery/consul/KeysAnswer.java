package io.suimon.dataplane.discovery.consul;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.dataplane.discovery.http.AnswerJson;
import io.suimon.dataplane.discovery.http.HttpAnswer;
import io.suimon.engine.resource.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what {@code /v1/kv} says below the key of a service: {@code <key><host>:<port>} with JSON, of which the weight counts. A key
 * that is none of these is left out: people write them by hand.
 *
 * @param key of the service, with the slash
 */
record KeysAnswer(String key, ServiceKeys keys, int weight) implements BlockingQuery.Reading {

    private static final int NOT_FOUND = 404;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_WEIGHT = 1_000_000;
    private static final Pattern ADDRESS = Pattern.compile("([^/:\\s]+|\\[[0-9A-Fa-f:.]+\\]):([0-9]{1,5})");

    @Override
    public List<Endpoint> of(HttpAnswer answer) throws IOException {
        // Consul has no other way to say that there are no such keys; whoever else says it gives no index.
        if (answer.status() == NOT_FOUND && answer.header("X-Consul-Index").isPresent()) {
            return List.of();
        }
        var json = AnswerJson.of(answer.orFail());
        if (!json.isArray()) {
            throw answer.failure("the answer is no list", "a list of keys");
        }
        var endpoints = new ArrayList<Endpoint>(json.size());
        for (var entry : json) {
            if (!entry.path("Key").isTextual()) {
                throw answer.failure("an entry without a key", "one");
            }
            endpoint(entry).ifPresent(endpoints::add);
        }
        return endpoints;
    }

    private Optional<Endpoint> endpoint(JsonNode entry) {
        var name = entry.path("Key").textValue();
        if (!name.startsWith(key) || keys.isSkipped(name)) {
            return Optional.empty();
        }
        var address = ADDRESS.matcher(name.substring(key.length()));
        if (!address.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(address.group(2));
        if (port == 0 || port > MAX_PORT) {
            return Optional.empty();
        }
        return weight(entry.path("Value")).map(share -> new Endpoint(address.group(1), port, share, 0));
    }

    /** That of the settings where there is no value; empty where the value is not what it should be. */
    private Optional<Integer> weight(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return Optional.of(weight);
        }
        try {
            var json = AnswerJson.read(Base64.getDecoder().decode(value.asText()));
            if (!json.isObject()) {
                return Optional.empty();
            }
            var own = json.path("weight");
            if (own.isMissingNode() || own.isNull()) {
                return Optional.of(weight);
            }
            var whole = AnswerJson.whole(own, 0, MAX_WEIGHT);
            return whole.isPresent() ? Optional.of(whole.getAsInt()) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
