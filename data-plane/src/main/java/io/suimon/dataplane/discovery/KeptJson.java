package io.suimon.dataplane.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.Upstream.Discovery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Services as JSON text: an array, of which each element says what a service is called and what it has. */
final class KeptJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private KeptJson() {}

    /** As many services as fit, in their order. */
    static byte[] write(Collection<KeptService> services, int maxBytes) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write('[');
        for (var service : services) {
            var element = JSON.writeValueAsBytes(json(service));
            if (out.size() + element.length + 2 > maxBytes) {
                break;
            }
            if (out.size() > 1) {
                out.write(',');
            }
            out.write(element);
        }
        out.write(']');
        return out.toByteArray();
    }

    private static ObjectNode json(KeptService kept) {
        var service = kept.service();
        var json = JSON.createObjectNode().put("type", service.type()).put("service_name", service.serviceName());
        if (service.namespaceId() != null) {
            json.put("namespace_id", service.namespaceId());
        }
        if (service.groupName() != null) {
            json.put("group_name", service.groupName());
        }
        var metadata = json.putObject("metadata");
        service.metadata().forEach(metadata::put);
        json.put("said", kept.said().millis());
        var endpoints = json.putArray("endpoints");
        for (var endpoint : kept.said().endpoints()) {
            endpoints
                    .addObject()
                    .put("host", endpoint.host())
                    .put("port", endpoint.port())
                    .put("weight", endpoint.weight())
                    .put("priority", endpoint.priority());
        }
        return json;
    }

    /** @throws IOException when it is not what {@link #write} makes */
    static List<KeptService> read(byte[] text) throws IOException {
        var array = JSON.readTree(text);
        if (array == null || !array.isArray()) {
            throw new IOException("it has no list of services");
        }
        var services = new ArrayList<KeptService>();
        for (var json : array) {
            services.add(service(json));
        }
        return services;
    }

    private static KeptService service(JsonNode json) {
        var metadata = new LinkedHashMap<String, String>();
        json.path("metadata")
                .properties()
                .forEach(one -> metadata.put(one.getKey(), one.getValue().asText()));
        var service = new Discovery(
                json.path("type").asText(),
                json.path("service_name").asText(),
                text(json, "namespace_id"),
                text(json, "group_name"),
                metadata);
        var endpoints = new ArrayList<Endpoint>();
        for (var one : json.path("endpoints")) {
            endpoints.add(new Endpoint(
                    one.path("host").asText(),
                    one.path("port").asInt(-1),
                    one.path("weight").asInt(-1),
                    one.path("priority").asInt()));
        }
        return new KeptService(
                service, new KeptService.Said(endpoints, json.path("said").asLong()));
    }

    private static @Nullable String text(JsonNode json, String name) {
        return json.hasNonNull(name) ? json.get(name).asText() : null;
    }
}
