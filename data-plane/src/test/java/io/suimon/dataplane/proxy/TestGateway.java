package io.suimon.dataplane.proxy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.dataplane.discovery.ServiceDiscovery;
import io.suimon.dataplane.health.HealthChecks;
import io.suimon.dataplane.health.HealthConfig;
import io.suimon.dataplane.listener.Network;
import io.suimon.dataplane.listener.Ports;
import io.suimon.dataplane.listener.TrafficConfig;
import io.suimon.dataplane.listener.TrafficContext;
import io.suimon.dataplane.listener.TrafficListener;
import io.suimon.dataplane.tls.StapleReport;
import io.suimon.dataplane.tls.TlsConfig;
import io.suimon.dataplane.upstream.EndpointSource;
import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.ResourceParser;
import io.suimon.engine.resource.StoredResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A listener with the routes of a test. */
final class TestGateway implements AutoCloseable {

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "suimon.traffic.port", "0",
            "suimon.tls.port", "0",
            "suimon.traffic.event-loops", "1"));
    private final List<StoredResource> resources = new ArrayList<>();
    private final List<Plugin<?>> plugins = new ArrayList<>();
    final List<String> finished = new CopyOnWriteArrayList<>();
    private @Nullable TrafficListener listener;
    private @Nullable HealthChecks health;
    private PluginServices services = PluginServices.forAdmission();
    private @Nullable ServiceDiscovery discovery;
    private volatile Runtime runtime = Runtime.EMPTY;

    /** A gateway whose every path leads to this port. */
    static TestGateway to(int port) throws IOException {
        return new TestGateway().route(upstream(port)).start();
    }

    /** The JSON of a route's upstream with this one node, and what else it says. */
    static String upstream(int port, String... more) {
        return "\"upstream\":{\"type\":\"roundrobin\",\"nodes\":{\"127.0.0.1:" + port + "\":1}"
                + (more.length == 0 ? "" : "," + String.join(",", more)) + "}";
    }

    TestGateway set(String name, String value) {
        settings.put("suimon.traffic." + name, value);
        return this;
    }

    TestGateway setTls(String name, String value) {
        settings.put("suimon.tls." + name, value);
        return this;
    }

    TestGateway setHealth(String name, String value) {
        settings.put("suimon.health." + name, value);
        return this;
    }

    /** Has upstreams that name a service find its endpoints here; it is made for the configuration of this gateway. */
    TestGateway discovering(Function<Supplier<Runtime>, ServiceDiscovery> source) {
        discovery = source.apply(() -> runtime);
        return this;
    }

    TestGateway with(Plugin<?> plugin) {
        plugins.add(plugin);
        return this;
    }

    TestGateway with(PluginServices process) {
        services = process;
        return this;
    }

    /** A route for every path, with these members. */
    TestGateway route(String members) {
        return resource(ResourceKind.ROUTE, "r" + resources.size(), "{\"uri\":\"/*\"," + members + "}");
    }

    TestGateway resource(ResourceKind kind, String id, String json) {
        resources.add(new StoredResource(new ResourceKey(kind, id), 1, 1, json.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    TestGateway start() throws IOException {
        runtime = compile();
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(TrafficConfig.class)
                .withMapping(TlsConfig.class)
                .withMapping(HealthConfig.class)
                .build();
        var traffic = config.getConfigMapping(TrafficConfig.class);
        var tls = config.getConfigMapping(TlsConfig.class);
        var network = Network.of(traffic);
        var endpoints = discovery == null ? EndpointSource.NONE : discovery;
        var checks = new HealthChecks(
                config.getConfigMapping(HealthConfig.class), tls, network, new Random(), () -> runtime, endpoints);
        health = checks;
        var started = new TrafficListener(
                Ports.of(traffic, tls),
                network,
                traffic,
                tls,
                new TrafficContext(() -> runtime, this::finished, checks, endpoints));
        listener = started;
        started.start();
        return this;
    }

    /** Replaces all resources by a route with these members, as a new revision would. */
    void reload(String members) {
        resources.clear();
        route(members);
        runtime = compile();
    }

    /** Puts a resource in place of the one of its kind and id, while requests run. */
    void change(ResourceKind kind, String id, String json) {
        resources.removeIf(one -> one.key().equals(new ResourceKey(kind, id)));
        resource(kind, id, json);
        runtime = compile();
    }

    private Runtime compile() {
        var catalog = plugins.isEmpty() ? PluginCatalog.load() : PluginCatalog.of(plugins);
        var compiled = new RuntimeCompiler(new ResourceParser(), catalog, services)
                .apply(Runtime.EMPTY, new ConfigChange(1, true, resources, List.of()));
        if (!compiled.rejections().isEmpty()) {
            throw new IllegalStateException(compiled.rejections().toString());
        }
        return compiled.runtime();
    }

    private void finished(Exchange exchange) {
        finished.add(exchange.request().method() + " " + exchange.request().target() + " "
                + exchange.response().status());
    }

    HealthChecks health() {
        return Objects.requireNonNull(health);
    }

    TrafficListener listener() {
        return Objects.requireNonNull(listener);
    }

    int port() {
        return listener().port();
    }

    StapleReport staples() {
        return Objects.requireNonNull(listener).staples();
    }

    int tlsPort() {
        return listener().tlsPort();
    }

    RawClient client() throws IOException {
        return new RawClient(port());
    }

    /** Sends this on a new connection, and reads to its end. */
    String exchange(String request) throws IOException {
        try (var client = client()) {
            return client.send(request).all();
        }
    }

    @Override
    public void close() {
        if (listener != null) {
            listener.close();
        }
        if (health != null) {
            health.close();
        }
        if (discovery != null) {
            discovery.close();
        }
    }
}
