package io.suimon.dataplane.discovery.consul;

import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.discovery.ServiceSink;
import io.suimon.dataplane.discovery.http.RegistryDump;
import io.suimon.dataplane.discovery.http.RegistryHost;
import io.suimon.dataplane.discovery.http.RegistryRules;
import io.suimon.dataplane.discovery.http.RegistryServer;
import io.suimon.engine.resource.Upstream.Discovery;
import io.suimon.process.InvalidSettingException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The catalogue of Consul as a registry: endpoints whose checks pass. Thread-safe; each service that is followed has a virtual thread. */
public final class ConsulRegistry implements Registry {

    private static final RegistryRules RULES = new RegistryRules("suimon.discovery.consul.");
    private static final int MAX_NAME = 255;

    private final ConsulSettings settings;
    private final Set<String> skipped;
    private final ConsulConnection connection;

    private ConsulRegistry(ConsulSettings settings, List<String> skipped, RegistryHost host) {
        this.settings = settings;
        this.skipped = Set.copyOf(skipped);
        this.connection = new ConsulConnection(settings, host);
    }

    /**
     * The registry of these settings; empty where they name no servers.
     *
     * @throws InvalidSettingException naming a setting that is none
     */
    public static Optional<Registry> open(ConsulConfig config, RegistryHost host) {
        return config.servers()
                .map(servers -> new ConsulRegistry(
                        ConsulSettings.of(RULES, servers, config.asking()),
                        config.skipServices().orElse(List.of()),
                        host));
    }

    @Override
    public String type() {
        return "consul";
    }

    @Override
    public Watch watch(Discovery service, ServiceSink sink) {
        var name = service.serviceName();
        if (name.isBlank() || name.length() > MAX_NAME) {
            sink.failed("service_name: a name of %d characters (expected: 1..%d)".formatted(name.length(), MAX_NAME));
            return () -> {};
        }
        if (skipped.contains(name)) {
            sink.found(settings.shown(List.of()));
            return () -> {};
        }
        var path = "/v1/health/service/" + RegistryServer.encoded(name) + "?passing=true";
        var reading = new HealthAnswer(settings.weight());
        return connection.follow(service, sink, connection.query(settings.servers(), path, reading));
    }

    @Override
    public Optional<String> dump() {
        var dump = new RegistryDump();
        connection.followers().forEachKnown((service, endpoints) -> dump.add(endpoints, service.serviceName()));
        connection.describe(dump);
        dump.config()
                .set(
                        "skip_services",
                        RegistryDump.texts(skipped.stream().sorted().toList()));
        return Optional.of(dump.text());
    }

    @Override
    public void close() {
        connection.close();
    }
}
