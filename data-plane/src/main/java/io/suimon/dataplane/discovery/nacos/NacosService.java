package io.suimon.dataplane.discovery.nacos;

import io.suimon.dataplane.discovery.http.RegistryServer;
import io.suimon.engine.resource.Upstream.Discovery;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A service as Nacos names it.
 *
 * @param metadata what an instance's own must contain
 */
record NacosService(String namespace, String group, String name, Map<String, String> metadata) {

    static final int MAX_NAME = 512;

    private static final String NAMESPACE = "public";
    private static final String GROUP = "DEFAULT_GROUP";

    /** The service that an upstream names; empty where that is none. */
    static Optional<NacosService> of(Discovery service) {
        var found = new NacosService(
                Objects.requireNonNullElse(service.namespaceId(), NAMESPACE),
                Objects.requireNonNullElse(service.groupName(), GROUP),
                service.serviceName(),
                service.metadata());
        int length = found.namespace.length() + found.group.length() + found.name.length();
        return found.name.isBlank() || length > MAX_NAME ? Optional.empty() : Optional.of(found);
    }

    /** The parameters that name it. */
    String parameters() {
        return "serviceName=%s&groupName=%s&namespaceId=%s&healthyOnly=true"
                .formatted(
                        RegistryServer.encoded(name), RegistryServer.encoded(group), RegistryServer.encoded(namespace));
    }
}
