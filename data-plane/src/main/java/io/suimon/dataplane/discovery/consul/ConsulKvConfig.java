package io.suimon.dataplane.discovery.consul;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Optional;

/** Settings of keys in Consul as a registry: upstreams with {@code discovery_type} {@code consul_kv}. Without servers there is none. */
@ConfigMapping(prefix = "suimon.discovery.consul-kv")
public interface ConsulKvConfig {

    /** Servers or agents, `http[s]://host:port`; each has keys of its own. */
    Optional<List<String>> servers();

    /** Where the keys of all services begin. */
    @WithDefault("upstreams")
    String prefix();

    /** What keys begin with that are not looked at. */
    Optional<List<String>> skipKeys();

    @WithParentName
    ConsulAsking asking();
}
