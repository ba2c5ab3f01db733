package io.suimon.dataplane.discovery.kubernetes;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What upstreams write: {@code [cluster/]namespace/service:port}.
 *
 * @param cluster its id; empty for none
 * @param service {@code namespace/service}
 * @param port its name, or its number
 */
record ServiceName(String cluster, String service, String port) {

    static final String EXPECTED = "[cluster/]namespace/service:port, such as shop/orders:http or shop/orders:8080";

    /** The names Kubernetes allows, and no longer ones. */
    private static final String NAME = "[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?";

    private static final Pattern SERVICE =
            Pattern.compile("(?:([A-Za-z0-9][-_.A-Za-z0-9]{0,63})/)?(" + NAME + "/" + NAME + "):([-a-zA-Z0-9]{1,63})");

    /** Empty when it is no such name. */
    static Optional<ServiceName> parse(String text) {
        var parts = SERVICE.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var cluster = parts.group(1);
        return Optional.of(new ServiceName(cluster == null ? "" : cluster, parts.group(2), parts.group(3)));
    }
}
