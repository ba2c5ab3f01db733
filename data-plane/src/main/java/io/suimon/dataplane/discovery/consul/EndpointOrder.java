package io.suimon.dataplane.discovery.consul;

import io.suimon.dataplane.discovery.http.RegistryRules;
import io.suimon.engine.resource.Endpoint;
import io.suimon.process.InvalidSettingException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How the endpoints of a service are ordered: {@code sort_type}. */
enum EndpointOrder {
    ORIGIN,
    HOST_SORT,
    PORT_SORT,
    COMBINE_SORT;

    private static final String EXPECTED = "origin, host_sort, port_sort or combine_sort";

    /** @throws InvalidSettingException when it is none of them */
    static EndpointOrder parse(RegistryRules rules, String text) {
        return Arrays.stream(values())
                .filter(order -> order.text().equals(text))
                .findFirst()
                .orElseThrow(() -> rules.refused("sort-type", text, EXPECTED));
    }

    /** As it is written. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Those in this order; equal ones stay as they are. */
    List<Endpoint> of(List<Endpoint> endpoints) {
        return switch (this) {
            case ORIGIN -> endpoints;
            case HOST_SORT -> sorted(endpoints, Comparator.comparing(Endpoint::host));
            case PORT_SORT -> sorted(endpoints, Comparator.comparingInt(Endpoint::port));
            case COMBINE_SORT ->
                sorted(endpoints, Comparator.comparing(Endpoint::host).thenComparingInt(Endpoint::port));
        };
    }

    private static List<Endpoint> sorted(List<Endpoint> endpoints, Comparator<Endpoint> by) {
        return endpoints.stream().sorted(by).toList();
    }
}
