package io.suimon.dataplane.discovery.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object of Kubernetes, of which is kept what routing needs.
 *
 * @param name {@code namespace/name}
 * @param service {@code namespace/service}; empty when it is of none
 * @param groups none where there is nothing to send requests to
 */
record EndpointObject(String name, String service, List<EndpointGroup> groups) {

    /** More addresses of one object are left out; Kubernetes puts no more into one. */
    static final int MAX_ADDRESSES = 1000;

    /** More ports of one object are left out. */
    static final int MAX_PORTS = 100;

    private static final int MAX_PORT = 65_535;
    private static final int MAX_HOST = 253;
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    EndpointObject {
        groups = List.copyOf(groups);
    }

    /** How many addresses it has. */
    int addresses() {
        return groups.stream().mapToInt(group -> group.hosts().size()).sum();
    }

    /** Reads an {@code EndpointSlice} of {@code discovery.k8s.io/v1}; null where it is none. */
    static @Nullable EndpointObject ofSlice(JsonNode slice) {
        var name = name(slice);
        if (name == null) {
            return null;
        }
        var service = slice.path("metadata").path("labels").path(SERVICE_LABEL).asText();
        var namespace = slice.path("metadata").path("namespace").asText();
        var hosts = new ArrayList<String>();
        for (var endpoint : slice.path("endpoints")) {
            if (takesRequests(endpoint.path("conditions"))) {
                endpoint.path("addresses").forEach(address -> addHost(address, hosts));
            }
        }
        return of(name, service.isEmpty() ? "" : namespace + "/" + service, group(slice.path("ports"), hosts));
    }

    /** Whether new requests belong there: what is not said of readiness means yes, of termination no. */
    private static boolean takesRequests(JsonNode conditions) {
        boolean ready = conditions.path("ready").asBoolean(true);
        return ready
                && conditions.path("serving").asBoolean(true)
                && !conditions.path("terminating").asBoolean(false);
    }

    /** Reads {@code Endpoints} of {@code v1}; null where it is none. */
    static @Nullable EndpointObject ofEndpoints(JsonNode endpoints) {
        var name = name(endpoints);
        if (name == null) {
            return null;
        }
        var groups = new ArrayList<EndpointGroup>();
        int left = MAX_ADDRESSES;
        for (var subset : endpoints.path("subsets")) {
            var hosts = new ArrayList<String>();
            subset.path("addresses").forEach(address -> addHost(address.path("ip"), hosts));
            var some = hosts.subList(0, Math.min(left, hosts.size()));
            left -= some.size();
            groups.addAll(group(subset.path("ports"), some));
        }
        return of(name, name, groups);
    }

    private static EndpointObject of(String name, String service, List<EndpointGroup> groups) {
        return new EndpointObject(name, service, service.isEmpty() ? List.of() : groups);
    }

    /** {@code namespace/name} of an object, all that is needed of one that is deleted; null where it has none. */
    static @Nullable String name(JsonNode object) {
        var name = object.path("metadata").path("name").asText();
        var namespace = object.path("metadata").path("namespace").asText();
        boolean known = !name.isEmpty() && !namespace.isEmpty() && name.length() + namespace.length() <= 2 * MAX_HOST;
        return known ? namespace + "/" + name : null;
    }

    private static List<EndpointGroup> group(JsonNode listed, List<String> hosts) {
        var ports = new ArrayList<EndpointGroup.Port>();
        for (var port : listed) {
            int number = port.path("port").asInt();
            if (number > 0 && number <= MAX_PORT && ports.size() < MAX_PORTS) {
                ports.add(new EndpointGroup.Port(port.path("name").asText(""), number));
            }
        }
        return ports.isEmpty() || hosts.isEmpty() ? List.of() : List.of(new EndpointGroup(ports, hosts));
    }

    private static void addHost(JsonNode address, List<String> hosts) {
        var text = address.asText();
        if (!text.isEmpty() && text.length() <= MAX_HOST && hosts.size() < MAX_ADDRESSES) {
            hosts.add(text.indexOf(':') < 0 ? text : "[" + text + "]");
        }
    }
}
