package io.suimon.dataplane.discovery.kubernetes;

import io.suimon.engine.resource.Endpoint;
import java.util.ArrayList;
import java.util.List;

/**
 * Addresses that have the same ports: what one object of Kubernetes says of a service, or a part of it.
 *
 * @param hosts IPv6 in square brackets
 */
record EndpointGroup(List<Port> ports, List<String> hosts) {

    /**
     * One of the ports.
     *
     * @param name empty for none
     */
    record Port(String name, int number) {

        private boolean is(String nameOrNumber) {
            return name.equals(nameOrNumber) || Integer.toString(number).equals(nameOrNumber);
        }
    }

    EndpointGroup {
        ports = List.copyOf(ports);
        hosts = List.copyOf(hosts);
    }

    /** Its endpoints at a port, by its name or number. */
    List<Endpoint> at(String port, int weight) {
        var endpoints = new ArrayList<Endpoint>(hosts.size());
        for (var one : ports) {
            if (one.is(port)) {
                hosts.forEach(host -> endpoints.add(new Endpoint(host, one.number(), weight, 0)));
            }
        }
        return endpoints;
    }
}
