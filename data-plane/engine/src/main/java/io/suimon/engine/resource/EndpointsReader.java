package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code nodes} in both its forms: {@code {"host:port": weight}} and a list of objects. */
final class EndpointsReader {

    private static final int MAX_PORT = 65535;
    private static final int NO_PORT = 0;

    /** A host, in brackets or without a colon, and what follows it. */
    private static final Pattern HOST_PORT = Pattern.compile("(\\[[^\\]]*\\]|[^:]*):(\\d+)");

    private final Fields upstream;

    EndpointsReader(Fields upstream) {
        this.upstream = upstream;
    }

    /** The endpoints in the author's order; empty when there are none or they cannot be read. */
    List<Endpoint> read() {
        var nodes = upstream.json().path("nodes");
        if (nodes.isArray()) {
            return fromList(nodes);
        }
        if (nodes.isTextual()) { // a reference to a secret, which the schema does not look into
            upstream.violations()
                    .addInvalid(
                            upstream.pointer() + "/nodes",
                            "property \"nodes\" validation failed: object matches none of the required");
        }
        return fromMap(nodes);
    }

    private List<Endpoint> fromList(JsonNode nodes) {
        var endpoints = new ArrayList<Endpoint>();
        for (int i = 0; i < nodes.size(); i++) {
            var at = upstream.pointer() + "/nodes/" + i;
            var node = new Fields(Fields.asObject(nodes.get(i)), at, upstream.violations());
            var host = node.text("host", "");
            if (isBareIpv6(host)) {
                upstream.violations().addInvalid(at + "/host", "IPv6 address must be enclosed with '[' and ']'");
            }
            endpoints.add(new Endpoint(
                    host, node.integer("port", NO_PORT), node.integer("weight", 0), node.integer("priority", 0)));
        }
        return endpoints;
    }

    private List<Endpoint> fromMap(JsonNode nodes) {
        var endpoints = new ArrayList<Endpoint>();
        for (var node : nodes.properties()) {
            var endpoint = fromEntry(node.getKey(), (int) node.getValue().doubleValue());
            if (endpoint != null) {
                endpoints.add(endpoint);
            }
        }
        return endpoints;
    }

    private @Nullable Endpoint fromEntry(String address, int weight) {
        var parts = HOST_PORT.matcher(address);
        if (!parts.matches()) {
            return new Endpoint(isBareIpv6(address) ? "[" + address + "]" : address, NO_PORT, weight, 0);
        }
        var digits = parts.group(2);
        int port = digits.length() > 9 ? MAX_PORT + 1 : Integer.parseInt(digits);
        if (port < 1 || port > MAX_PORT) {
            upstream.violations().add(upstream.pointer() + "/nodes", "invalid port " + withoutZeros(digits));
            return null;
        }
        return new Endpoint(parts.group(1), port, weight, 0);
    }

    private static String withoutZeros(String digits) {
        return digits.replaceFirst("^0+(?=\\d)", "");
    }

    private static boolean isBareIpv6(String host) {
        return !host.startsWith("[") && host.indexOf(':') != host.lastIndexOf(':');
    }
}
