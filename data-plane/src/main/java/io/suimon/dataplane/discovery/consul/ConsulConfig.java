package io.suimon.dataplane.discovery.consul;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Optional;

/** Settings of Consul as a registry: upstreams with {@code discovery_type} {@code consul}. Without servers there is no such registry. */
@ConfigMapping(prefix = "suimon.discovery.consul")
public interface ConsulConfig {

    /** Servers or agents, `http[s]://host:port`; one that fails is followed by the next. */
    Optional<List<String>> servers();

    /** Names of services that are not looked for. */
    Optional<List<String>> skipServices();

    @WithParentName
    ConsulAsking asking();
}
