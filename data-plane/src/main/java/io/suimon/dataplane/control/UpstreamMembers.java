package io.suimon.dataplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.net.IpLiteral;
import java.util.regex.Pattern;

/** What an upstream has besides what was written: its nodes as a list with ports and priorities, and whose it is. */
final class UpstreamMembers {

    /** A host, in brackets or without a colon, and a port. */
    private static final Pattern HOST_PORT = Pattern.compile("(\\[[^\\]]*\\]|[^:]*):(\\d{1,5})");

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private UpstreamMembers() {}

    /**
     * Puts them into it.
     *
     * @param path of the resource it is or is written in, in the store
     * @return whether a node is given by name
     */
    static boolean add(ObjectNode upstream, String path, String id, long version) {
        var nodes = nodes(upstream);
        if (upstream.has("nodes")) {
            upstream.set("nodes", nodes.isEmpty() ? JsonNodeFactory.instance.objectNode() : nodes);
        }
        upstream.put("resource_key", path);
        upstream.put("resource_id", id);
        upstream.put("resource_version", version);
        for (var node : nodes) {
            if (isDomain(node.path("host").asText())) {
                return true;
            }
        }
        return false;
    }

    private static ArrayNode nodes(ObjectNode upstream) {
        int port = defaultPort(upstream.path("scheme").asText());
        var list = JsonNodeFactory.instance.arrayNode();
        switch (upstream.path("nodes")) {
            case ArrayNode written -> written.forEach(node -> fromObject(node, port, list.addObject()));
            case ObjectNode written ->
                written.properties().forEach(node -> fromEntry(node.getKey(), node.getValue(), port, list.addObject()));
            default -> {
                // A service that a registry knows the nodes of.
            }
        }
        return list;
    }

    private static void fromObject(JsonNode written, int port, ObjectNode node) {
        node.put("host", bracketed(written.path("host").asText()));
        addPort(node, written.path("port").asInt(port));
        node.put("weight", written.path("weight").asInt());
        node.put("priority", written.path("priority").asInt());
    }

    private static void fromEntry(String address, JsonNode weight, int port, ObjectNode node) {
        var parts = HOST_PORT.matcher(address);
        boolean both = parts.matches();
        node.put("host", both ? parts.group(1) : bracketed(address));
        addPort(node, both ? Integer.parseInt(parts.group(2)) : port);
        node.put("weight", weight.asInt());
        node.put("priority", 0);
    }

    private static void addPort(ObjectNode node, int port) {
        if (port > 0) {
            node.put("port", port);
        }
    }

    private static String bracketed(String host) {
        boolean bare = !host.startsWith("[") && host.indexOf(':') != host.lastIndexOf(':');
        return bare ? "[" + host + "]" : host;
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http", "grpc" -> HTTP_PORT;
            case "https", "grpcs" -> HTTPS_PORT;
            default -> 0;
        };
    }

    private static boolean isDomain(String host) {
        return !host.startsWith("[") && IpLiteral.bytes(host) == null;
    }
}
