package io.suimon.dataplane.discovery.nacos;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of Nacos as a registry: upstreams with {@code discovery_type} {@code nacos}. Without hosts there is no such registry. */
@ConfigMapping(prefix = "suimon.discovery.nacos")
public interface NacosConfig {

    /** Servers, `http[s]://[user:password@]host:port`; one that fails is followed by the next. */
    Optional<List<String>> host();

    /** Where their API begins. */
    @WithDefault("/nacos/v1/")
    String prefix();

    /** How soon a service is asked for again. */
    @WithDefault("30s")
    Duration fetchInterval();

    /** Of an endpoint that has no weight. */
    @WithDefault("100")
    int weight();

    /** Who signs what is asked; together with `secret-key`. */
    Optional<String> accessKey();

    /** What it is signed with. */
    Optional<String> secretKey();

    Timeout timeout();

    /** How long is waited. */
    interface Timeout {

        /** How long a server has to be connected to. */
        @WithDefault("2s")
        Duration connect();

        /** How long sending to it takes at most. */
        @WithDefault("2s")
        Duration send();

        /** How long it has for all of an answer, after what was sent. */
        @WithDefault("5s")
        Duration read();
    }
}
