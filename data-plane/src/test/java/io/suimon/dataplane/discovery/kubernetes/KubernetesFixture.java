package io.suimon.dataplane.discovery.kubernetes;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditionsBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.discovery.ServiceSink;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.Upstream.Discovery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.awaitility.Awaitility.await;

/** A server with what a test does to it, and registries that ask it. */
final class KubernetesFixture implements AutoCloseable {

    static final String SLICES = "/apis/discovery.k8s.io/v1/endpointslices";

    private final List<Registry> open = new ArrayList<>();
    final ApiServer server;

    /** What one who asks was told, in order: endpoints as {@code host:port}, failures with a mark before them. */
    static final class Told implements ServiceSink {

        final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void found(List<Endpoint> endpoints) {
            all.add(endpoints.stream().map(Endpoint::toString).toList().toString());
        }

        @Override
        public void failed(String reason) {
            all.add("! " + reason);
        }

        String last() {
            return all.isEmpty() ? "" : all.getLast();
        }
    }

    KubernetesFixture() throws IOException {
        server = new ApiServer(SLICES);
    }

    @Override
    public void close() {
        open.forEach(Registry::close);
        server.close();
    }

    Registry registry(String... settings) {
        var all = new HashMap<String, String>(Map.of(
                "suimon.discovery.kubernetes.enabled", "true",
                "suimon.discovery.kubernetes.max-pause", "50ms",
                "suimon.discovery.kubernetes.cluster.service.schema", "http",
                "suimon.discovery.kubernetes.cluster.service.host", "127.0.0.1",
                "suimon.discovery.kubernetes.cluster.service.port", Integer.toString(server.port())));
        Arrays.stream(settings)
                .map(setting -> setting.split("=", 2))
                .forEach(pair -> all.put("suimon.discovery.kubernetes." + pair[0], pair[1]));
        var registry =
                KubernetesRegistry.open(config(all), Map.of(), new Random(1)).orElseThrow();
        open.add(registry);
        return registry;
    }

    static KubernetesConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(KubernetesConfig.class)
                .build()
                .getConfigMapping(KubernetesConfig.class);
    }

    static Told follow(Registry registry, String service) {
        var told = new Told();
        var unused = registry.watch(discovery(service), told);
        return told;
    }

    static Discovery discovery(String service) {
        return new Discovery("kubernetes", service, null, null, Map.of());
    }

    static EndpointSlice slice(String name, String service, String... addresses) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .addToLabels("kubernetes.io/service-name", service)
                .endMetadata()
                .withAddressType(addresses.length > 0 && addresses[0].contains(":") ? "IPv6" : "IPv4")
                .withPorts(
                        new EndpointPortBuilder()
                                .withName("http")
                                .withPort(8080)
                                .build(),
                        new EndpointPortBuilder()
                                .withName("admin")
                                .withPort(9000)
                                .build())
                .withEndpoints(Arrays.stream(addresses)
                        .map(address -> new EndpointBuilder()
                                .withAddresses(address)
                                .withConditions(new EndpointConditionsBuilder()
                                        .withReady(true)
                                        .build())
                                .build())
                        .toList())
                .build();
    }

    void put(EndpointSlice slice) {
        server.client().resource(slice).createOr(NonDeletingOperation::update);
    }

    void delete(EndpointSlice slice) {
        var unused = server.client().resource(slice).delete();
    }

    void awaitWatch(int count) {
        await().until(() -> server.watches() >= count);
    }

    void restart() {
        await().ignoreExceptions().until(() -> {
            server.startAgain();
            return true;
        });
    }
}
