package io.suimon.dataplane.discovery.consul;

import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.discovery.ServiceSink;
import io.suimon.dataplane.discovery.http.RegistryDump;
import io.suimon.dataplane.discovery.http.RegistryHost;
import io.suimon.dataplane.discovery.http.RegistryRules;
import io.suimon.engine.resource.Upstream.Discovery;
import io.suimon.process.InvalidSettingException;
import java.util.List;
import java.util.Optional;

/** Keys in Consul as a registry: an endpoint is a key. Thread-safe; each service that is followed has a virtual thread. */
public final class ConsulKvRegistry implements Registry {

    private static final RegistryRules RULES = new RegistryRules("suimon.discovery.consul-kv.");

    private final ConsulSettings settings;
    private final ServiceKeys keys;
    private final List<String> skipped;
    private final ConsulConnection connection;

    private ConsulKvRegistry(ConsulSettings settings, ConsulKvConfig config, RegistryHost host) {
        this.settings = settings;
        this.skipped = config.skipKeys().orElse(List.of());
        this.keys = ServiceKeys.of(settings.servers(), config.prefix(), skipped);
        this.connection = new ConsulConnection(settings, host);
    }

    /**
     * The registry of these settings; empty where they name no servers.
     *
     * @throws InvalidSettingException naming a setting that is none
     */
    public static Optional<Registry> open(ConsulKvConfig config, RegistryHost host) {
        return config.servers()
                .map(servers -> new ConsulKvRegistry(ConsulSettings.of(RULES, servers, config.asking()), config, host));
    }

    @Override
    public String type() {
        return "consul_kv";
    }

    @Override
    public Watch watch(Discovery service, ServiceSink sink) {
        var place = keys.place(service.serviceName());
        if (place.isEmpty()) {
            sink.failed("service_name: %s (expected: %s)".formatted(service.serviceName(), keys.expected()));
            return () -> {};
        }
        var key = place.get().key();
        if (keys.isSkipped(key)) {
            sink.found(settings.shown(List.of()));
            return () -> {};
        }
        var path = "/v1/kv/" + ServiceKeys.encoded(key) + "?recurse=true";
        var reading = new KeysAnswer(key, keys, settings.weight());
        var servers = List.of(place.get().server());
        return connection.follow(service, sink, connection.query(servers, path, reading));
    }

    @Override
    public Optional<String> dump() {
        var dump = new RegistryDump();
        connection.followers().forEachKnown((service, endpoints) -> dump.add(endpoints, service.serviceName()));
        connection.describe(dump);
        dump.config().put("prefix", keys.prefix());
        dump.config().set("skip_keys", RegistryDump.texts(skipped));
        return Optional.of(dump.text());
    }

    @Override
    public void close() {
        connection.close();
    }
}
