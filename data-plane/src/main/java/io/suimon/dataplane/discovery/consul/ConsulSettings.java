package io.suimon.dataplane.discovery.consul;

import io.suimon.dataplane.discovery.http.RegistryRules;
import io.suimon.dataplane.discovery.http.RegistryServer;
import io.suimon.engine.resource.Endpoint;
import io.suimon.process.InvalidSettingException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What both kinds of registries in Consul are told alike. Does not print the token.
 *
 * @param token empty for none
 * @param keepalive whether changes are waited for at the server
 * @param defaultEndpoint of services that have none; null for none
 */
record ConsulSettings(
        List<RegistryServer> servers,
        Optional<String> token,
        boolean keepalive,
        Duration fetchInterval,
        int weight,
        EndpointOrder order,
        Times times,
        @Nullable Endpoint defaultEndpoint) {

    private static final int MAX_PORT = 65_535;

    /** How long is waited: for a connection, for an answer, for a change. */
    record Times(Duration connect, Duration read, Duration waiting) {

        /** Consul shortens longer ones. */
        private static final Duration LONGEST_WAITING = Duration.ofMinutes(10);
    }

    /**
     * Those that are written.
     *
     * @throws InvalidSettingException naming a setting that is none
     */
    static ConsulSettings of(RegistryRules rules, List<String> servers, ConsulAsking asking) {
        var timeout = asking.timeout();
        asking.token().ifPresent(token -> rules.secret("token", token));
        rules.time("fetch-interval", asking.fetchInterval());
        rules.weight("weight", asking.weight());
        rules.time("timeout.connect", timeout.connect());
        rules.time("timeout.read", timeout.read());
        rules.time("timeout.wait", timeout.waiting());
        rules.require(
                timeout.waiting().compareTo(Times.LONGEST_WAITING) <= 0,
                "timeout.wait",
                timeout.waiting(),
                "at most " + Times.LONGEST_WAITING);
        return new ConsulSettings(
                RegistryServer.parse(rules.prefix() + "servers", servers),
                asking.token(),
                asking.keepalive(),
                asking.fetchInterval(),
                asking.weight(),
                EndpointOrder.parse(rules, asking.sortType()),
                new Times(timeout.connect(), timeout.read(), timeout.waiting()),
                defaultEndpoint(rules, asking.defaultService()));
    }

    private static @Nullable Endpoint defaultEndpoint(RegistryRules rules, ConsulAsking.DefaultService other) {
        if (other.host().isEmpty()) {
            return null;
        }
        var host = other.host().get();
        rules.require(!host.isBlank(), "default-service.host", host, "a host");
        rules.require(
                other.port() >= 1 && other.port() <= MAX_PORT, "default-service.port", other.port(), "1.." + MAX_PORT);
        rules.weight("default-service.weight", other.weight());
        return new Endpoint(host, other.port(), other.weight(), 0);
    }

    /** What every question is asked with. */
    Map<String, String> headers() {
        return token.map(text -> Map.of("X-Consul-Token", text)).orElse(Map.of());
    }

    /** Endpoints as a service has them: in order, and where there are none that of the settings. */
    List<Endpoint> shown(List<Endpoint> found) {
        return found.isEmpty() && defaultEndpoint != null ? List.of(defaultEndpoint) : order.of(found);
    }

    @Override
    public String toString() {
        return "ConsulSettings" + servers;
    }
}
