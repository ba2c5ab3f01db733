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

    /** @throws InvalidSettingException naming a setting that is none */
    static ConsulSettings of(ConsulConfig config, List<String> servers) {
        var timeout = config.timeout();
        var other = config.defaultService();
        return of(new Written(
                new RegistryRules("suimon.discovery.consul."),
                servers,
                config.token(),
                config.keepalive(),
                config.fetchInterval(),
                config.weight(),
                config.sortType(),
                new Times(timeout.connect(), timeout.read(), timeout.waiting()),
                other.host().map(host -> new Endpoint(host, other.port(), other.weight(), 0))));
    }

    /** @throws InvalidSettingException naming a setting that is none */
    static ConsulSettings of(ConsulKvConfig config, List<String> servers) {
        var timeout = config.timeout();
        var other = config.defaultService();
        return of(new Written(
                new RegistryRules("suimon.discovery.consul-kv."),
                servers,
                config.token(),
                config.keepalive(),
                config.fetchInterval(),
                config.weight(),
                config.sortType(),
                new Times(timeout.connect(), timeout.read(), timeout.waiting()),
                other.host().map(host -> new Endpoint(host, other.port(), other.weight(), 0))));
    }

    /** The settings as they are written. */
    private record Written(
            RegistryRules rules,
            List<String> servers,
            Optional<String> token,
            boolean keepalive,
            Duration fetchInterval,
            int weight,
            String sortType,
            Times times,
            Optional<Endpoint> other) {}

    private static ConsulSettings of(Written written) {
        var rules = written.rules();
        written.token().ifPresent(token -> rules.secret("token", token));
        rules.time("fetch-interval", written.fetchInterval());
        rules.weight("weight", written.weight());
        rules.time("timeout.connect", written.times().connect());
        rules.time("timeout.read", written.times().read());
        rules.time("timeout.wait", written.times().waiting());
        rules.require(
                written.times().waiting().compareTo(Times.LONGEST_WAITING) <= 0,
                "timeout.wait",
                written.times().waiting(),
                "at most " + Times.LONGEST_WAITING);
        written.other().ifPresent(other -> {
            rules.require(!other.host().isBlank(), "default-service.host", other.host(), "a host");
            rules.require(
                    other.port() >= 1 && other.port() <= MAX_PORT,
                    "default-service.port",
                    other.port(),
                    "1.." + MAX_PORT);
            rules.weight("default-service.weight", other.weight());
        });
        return new ConsulSettings(
                RegistryServer.parse(rules.prefix() + "servers", written.servers()),
                written.token(),
                written.keepalive(),
                written.fetchInterval(),
                written.weight(),
                EndpointOrder.parse(rules, written.sortType()),
                written.times(),
                written.other().orElse(null));
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
