package io.suimon.dataplane.discovery.nacos;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.dataplane.discovery.http.AnswerJson;
import io.suimon.dataplane.discovery.http.HttpAnswer;
import io.suimon.engine.resource.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@code ns/instance/list} says: instances that are healthy and enabled, and whose metadata contains what is asked for.
 *
 * <p>Weights in Nacos may have fractions, and those of endpoints have none. Where all are whole they stay as they are; otherwise all
 * of a service are multiplied by {@value #SCALE} and rounded, and what is more than nothing is at least 1.
 *
 * @param weight of instances that have none
 */
record InstancesAnswer(int weight) {

    private static final int MAX_PORT = 65_535;
    private static final int SCALE = 100;
    private static final double MAX_WEIGHT = 10_000; // Nacos takes no more

    private record Weighted(Endpoint endpoint, double weight) {
        boolean isWhole() {
            return weight == Math.rint(weight);
        }
    }

    List<Endpoint> of(HttpAnswer answer, Map<String, String> metadata) throws IOException {
        var hosts = AnswerJson.of(answer.orFail()).path("hosts");
        if (!hosts.isArray()) {
            throw answer.failure("an answer without a list of hosts", "hosts");
        }
        var found = new ArrayList<Weighted>(hosts.size());
        for (var host : hosts) {
            if (host.path("healthy").asBoolean(true)
                    && host.path("enabled").asBoolean(true)
                    && contains(host.path("metadata"), metadata)) {
                found.add(instance(answer, host));
            }
        }
        int scale = found.stream().allMatch(Weighted::isWhole) ? 1 : SCALE;
        return found.stream().map(one -> endpoint(one, scale)).toList();
    }

    private static boolean contains(JsonNode own, Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .allMatch(one -> own.path(one.getKey()).asText("").equals(one.getValue())
                        && own.path(one.getKey()).isValueNode());
    }

    private Weighted instance(HttpAnswer answer, JsonNode host) throws IOException {
        var ip = host.path("ip");
        var port = AnswerJson.whole(host.path("port"), 0, MAX_PORT);
        if (!ip.isTextual() || port.isEmpty()) {
            throw answer.failure("an instance without an ip and a port", "both");
        }
        var own = host.path("weight");
        double share = own.isNumber() ? own.doubleValue() : weight;
        if (!(share >= 0 && share <= MAX_WEIGHT)) {
            share = weight;
        }
        return new Weighted(new Endpoint(ip.textValue(), port.getAsInt(), 0, 0), share);
    }

    private static Endpoint endpoint(Weighted one, int scale) {
        int share = (int) Math.round(one.weight() * scale);
        int least = one.weight() > 0 ? 1 : 0;
        return new Endpoint(one.endpoint().host(), one.endpoint().port(), Math.max(least, share), 0);
    }
}
