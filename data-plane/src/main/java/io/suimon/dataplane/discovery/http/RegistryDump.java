package io.suimon.dataplane.discovery.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.resource.Endpoint;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/** What a registry shows of itself: the services that are followed, and its settings without secrets. Of one thread. */
public final class RegistryDump {

    private static final long MILLIS = 1000;

    private final ObjectNode dump = JsonNodeFactory.instance.objectNode();
    private final ObjectNode services = dump.putObject("services");
    private final ObjectNode config = dump.putObject("config");

    /** Adds what a service has, once, below one or more names. */
    public void add(List<Endpoint> endpoints, String... names) {
        var parent = services;
        for (int i = 0; i < names.length - 1; i++) {
            parent = parent.withObjectProperty(names[i]);
        }
        var nodes = parent.withArrayProperty(names[names.length - 1]);
        var there = new HashSet<JsonNode>();
        nodes.forEach(there::add);
        for (var endpoint : endpoints) {
            var node = JsonNodeFactory.instance
                    .objectNode()
                    .put("host", endpoint.host())
                    .put("port", endpoint.port())
                    .put("weight", endpoint.weight());
            if (there.add(node)) {
                nodes.add(node);
            }
        }
    }

    /** The settings, to be filled in. */
    public ObjectNode config() {
        return config;
    }

    /** A list of texts. */
    public static ArrayNode texts(List<?> values) {
        var texts = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> texts.add(value.toString()));
        return texts;
    }

    /** Seconds, as the settings of APISIX have them. */
    public static JsonNode seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis % MILLIS == 0
                ? JsonNodeFactory.instance.numberNode(millis / MILLIS)
                : JsonNodeFactory.instance.numberNode((double) millis / MILLIS);
    }

    /** All of it. */
    public String text() {
        return dump.toString();
    }
}
