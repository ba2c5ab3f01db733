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
    ORIGIN((one, other) -> 0),
    HOST_SORT(Comparator.comparing(Endpoint::host)),
    PORT_SORT(Comparator.comparingInt(Endpoint::port)),
    COMBINE_SORT(Comparator.comparing(Endpoint::host).thenComparingInt(Endpoint::port));

    private static final String EXPECTED = "origin, host_sort, port_sort or combine_sort";

    private final Comparator<Endpoint> comparator;

    EndpointOrder(Comparator<Endpoint> comparator) {
        this.comparator = comparator;
    }

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
        return endpoints.stream().sorted(comparator).toList();
    }
}
