package io.suimon.dataplane.control;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.health.CheckerStatus;
import java.util.List;
import java.util.Locale;

/** Checkers as JSON. What is empty is {@code {}}, also where it would be a list, as APISIX has it. */
final class HealthJson {

    private HealthJson() {}

    static String of(List<CheckerStatus> checkers) {
        if (checkers.isEmpty()) {
            return "{}";
        }
        var all = JsonNodeFactory.instance.arrayNode();
        checkers.forEach(checker -> all.add(of(checker)));
        return all.toString();
    }

    static ObjectNode of(CheckerStatus checker) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("name", checker.name());
        json.put("type", checker.type().name().toLowerCase(Locale.ROOT));
        if (checker.nodes().isEmpty()) {
            json.putObject("nodes");
        } else {
            var nodes = json.putArray("nodes");
            checker.nodes().forEach(node -> describe(node, nodes.addObject()));
        }
        return json;
    }

    private static void describe(CheckerStatus.Node node, ObjectNode json) {
        json.put("ip", node.ip());
        json.put("port", node.port());
        json.put("hostname", node.hostname());
        if (node.hostHeader() != null) {
            json.put("hostheader", node.hostHeader());
        }
        json.put("status", node.health().state().word());
        json.putObject("counter")
                .put("success", node.health().successes())
                .put("http_failure", node.health().httpFailures())
                .put("tcp_failure", node.health().tcpFailures())
                .put("timeout_failure", node.health().timeouts());
    }
}
