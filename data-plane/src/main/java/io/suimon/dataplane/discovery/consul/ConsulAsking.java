package io.suimon.dataplane.discovery.consul;

import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;

/** Settings that both kinds of registries in Consul have, each below its own name. */
public interface ConsulAsking {

    /** The token that is shown to servers. */
    Optional<String> token();

    /** Whether changes are waited for at the server; `false` asks anew after `fetch-interval`. */
    @WithDefault("true")
    boolean keepalive();

    /** How soon they are asked again where changes are not waited for. */
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
