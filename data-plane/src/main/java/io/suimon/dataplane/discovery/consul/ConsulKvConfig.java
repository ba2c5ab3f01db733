package io.suimon.dataplane.discovery.consul;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of keys in Consul as a registry: upstreams with {@code discovery_type} {@code consul_kv}. Without servers there is none. */
@ConfigMapping(prefix = "suimon.discovery.consul-kv")
public interface ConsulKvConfig {

    /** Servers or agents, `http[s]://host:port`; each has keys of its own. */
    Optional<List<String>> servers();

    /** The token that is shown to them. */
    Optional<String> token();

    /** Where the keys of all services begin. */
    @WithDefault("upstreams")
    String prefix();

    /** What keys begin with that are not looked at. */
    Optional<List<String>> skipKeys();

    /** Whether changes are waited for at the server; `false` asks anew after `fetch-interval`. */
    @WithDefault("true")
    boolean keepalive();

    /** How soon a key is asked for again where changes are not waited for. */
    @WithDefault("3s")
    Duration fetchInterval();

    /** Of an endpoint that has no weight. */
    @WithDefault("1")
    int weight();

    /** How endpoints are ordered: `origin` as Consul has them, `host_sort`, `port_sort`, `combine_sort` by host and then port. */
    @WithDefault("origin")
    String sortType();

    Timeout timeout();

    DefaultService defaultService();

    /** How long is waited. */
    interface Timeout {

        /** How long a server has to be connected to. */
        @WithDefault("2s")
        Duration connect();

        /** How long a server has for all of an answer. */
        @WithDefault("2s")
        Duration read();

        /** How long a server waits for a change, at most. */
        @WithDefault("60s")
        @WithName("wait")
        Duration waiting();
    }

    /** What a service has that has nothing. */
    interface DefaultService {

        /** The host of the only endpoint of a service that has none; without it such a service has none. */
        Optional<String> host();

        /** Its port. */
        @WithDefault("80")
        int port();

        /** Its weight. */
        @WithDefault("1")
        int weight();
    }
}
