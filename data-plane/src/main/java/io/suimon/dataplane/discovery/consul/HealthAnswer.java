package io.suimon.dataplane.discovery.consul;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.dataplane.discovery.http.AnswerJson;
import io.suimon.dataplane.discovery.http.HttpAnswer;
import io.suimon.engine.resource.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what {@code /v1/health/service} says. The weight of an endpoint is that of its metadata, else that of Consul while its checks
 * pass, else that of the settings.
 */
record HealthAnswer(int weight) implements BlockingQuery.Reading {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_WEIGHT = 1_000_000;

    @Override
    public List<Endpoint> of(HttpAnswer answer) throws IOException {
        var json = AnswerJson.of(answer.orFail());
        if (!json.isArray()) {
            throw answer.failure("the answer is no list", "a list of services with their nodes");
        }
        // A token that may not read the service is shown a list without it: not the same as a service that has nothing.
        if (json.isEmpty()
                && answer.header("X-Consul-Results-Filtered-By-ACLs").orElse("").equalsIgnoreCase("true")) {
            throw answer.failure("the token may not read the service", "service:read and node:read");
        }
        var endpoints = new ArrayList<Endpoint>(json.size());
        for (var entry : json) {
            if (passes(entry.path("Checks"))) {
                endpoints.add(endpoint(answer, entry));
            }
        }
        return endpoints;
    }

    private Endpoint endpoint(HttpAnswer answer, JsonNode entry) throws IOException {
        var service = entry.path("Service");
        var host = service.path("Address");
        if (host.isMissingNode() || host.isNull() || host.asText().isEmpty()) {
            host = entry.path("Node").path("Address");
        }
        var port = AnswerJson.whole(service.path("Port"), 0, MAX_PORT);
        if (!host.isTextual() || port.isEmpty()) {
            throw answer.failure("a service without an address and a port", "both");
        }
        return new Endpoint(host.textValue(), port.getAsInt(), weight(service), 0);
    }

    private int weight(JsonNode service) {
        var own = AnswerJson.whole(service.path("Meta").path("weight"), 0, MAX_WEIGHT);
        return own.isPresent()
                ? own.getAsInt()
                : AnswerJson.whole(service.path("Weights").path("Passing"), 0, MAX_WEIGHT)
                        .orElse(weight);
    }

    /** Consul was asked for those that pass; this holds where something in between forgot to. */
    private static boolean passes(JsonNode checks) {
        for (var check : checks) {
            if (!check.path("Status").asText().equals("passing")) {
                return false;
            }
        }
        return true;
    }
}
