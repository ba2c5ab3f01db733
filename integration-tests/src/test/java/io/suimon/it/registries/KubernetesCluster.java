package io.suimon.it.registries;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.suimon.dataplane.discovery.kubernetes.ApiServer;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import static org.awaitility.Awaitility.await;

/** An API server of Kubernetes in memory; each port is a slice of its own. */
final class KubernetesCluster implements TestedRegistry {

    private final ApiServer server;
    private final Set<Integer> placed = new HashSet<>();

    KubernetesCluster() throws IOException {
        server = new ApiServer("/apis/discovery.k8s.io/v1/endpointslices");
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "SUIMON_DISCOVERY_KUBERNETES_ENABLED",
                "true",
                "SUIMON_DISCOVERY_KUBERNETES_CLUSTER_SERVICE_SCHEMA",
                "http",
                "SUIMON_DISCOVERY_KUBERNETES_CLUSTER_SERVICE_HOST",
                "127.0.0.1",
                "SUIMON_DISCOVERY_KUBERNETES_CLUSTER_SERVICE_PORT",
                Integer.toString(server.port()),
                "SUIMON_DISCOVERY_KUBERNETES_MAX_PAUSE",
                "2s");
    }

    @Override
    public String upstream(String service) {
        return TestedRegistry.upstream("kubernetes", "shop/" + service + ":http");
    }

    @Override
    public void place(int... ports) {
        var wanted = new HashSet<>(Arrays.stream(ports).boxed().toList());
        for (int each : wanted) {
            var unused = server.client().resource(slice(each)).createOr(NonDeletingOperation::update);
        }
        placed.removeAll(wanted);
        for (int each : placed) {
            var unused = server.client().resource(slice(each)).delete();
        }
        placed.clear();
        placed.addAll(wanted);
    }

    private static EndpointSlice slice(int port) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web-" + port)
                .addToLabels("kubernetes.io/service-name", "web")
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withName("http")
                .withPort(port)
                .endPort()
                .addNewEndpoint()
                .withAddresses("127.0.0.1")
                .withNewConditions()
                .withReady(true)
                .endConditions()
                .endEndpoint()
                .build();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void kill() {
        server.stop();
    }

    @Override
    public void startAgain() {
        await().ignoreExceptions().until(() -> {
            server.startAgain();
            return true;
        });
    }

    @Override
    public void close() {
        server.close();
    }
}
