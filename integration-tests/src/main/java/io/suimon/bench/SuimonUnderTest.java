package io.suimon.bench;

import io.suimon.harness.Gateway;
import io.suimon.harness.PlaneProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Suimon as it ships: its node pinned to the proxies' core, its control plane to the other. Closing it ends both. */
final class SuimonUnderTest implements AutoCloseable {

    private final Gateway gateway;
    private final PlaneProcess controlPlane;
    private final PlaneProcess dataPlane;
    private final int originPort;

    SuimonUnderTest(Path root, Path folder, int originPort) {
        this.originPort = originPort;
        gateway = new Gateway(root, folder);
        controlPlane = gateway.startControlPlane(List.of("taskset", "-c", "1"), Map.of());
        controlPlane.awaitReady();
        dataPlane = gateway.startDataPlane(List.of("taskset", "-c", "0"), Map.of());
        dataPlane.awaitReady();
    }

    Contender contender() {
        return new Contender("Suimon", "this build", gateway.trafficPort(), List.of(dataPlane.pid()));
    }

    /** Configures what a scenario needs, and waits until the node runs it. */
    void configure(Scenario scenario) {
        put("consumers/bench", "{\"username\":\"bench\",\"plugins\":{\"key-auth\":{\"key\":\"bench\"}}}");
        put("upstreams/origin", "{\"nodes\":{\"127.0.0.1:" + originPort + "\":1}}");
        for (int i = 0; i < scenario.extraRoutes(); i++) {
            put("routes/extra-" + i, "{\"uri\":\"/extra/" + i + "/*\",\"upstream_id\":\"origin\"}");
        }
        put(
                "routes/bench",
                "{\"uri\":\"/*\",\"upstream_id\":\"origin\",\"plugins\":" + scenario.plugins() + ",\"desc\":\""
                        + scenario.name() + "\"}");
        awaitLastRoute();
    }

    /** Removes the routes a scenario added beside the first one. */
    void clean(Scenario scenario) {
        for (int i = 0; i < scenario.extraRoutes(); i++) {
            expect(
                    gateway.admin("DELETE", "/apisix/admin/routes/extra-" + i, "")
                            .statusCode(),
                    "DELETE extra-" + i);
        }
    }

    private void awaitLastRoute() {
        var marker = "/marker/" + System.nanoTime();
        put(
                "routes/marker",
                "{\"uri\":\"" + marker + "\",\"plugins\":{\"redirect\":{\"uri\":\"/there\",\"ret_code\":302}}}");
        var there = new java.util.concurrent.atomic.AtomicInteger();
        boolean arrived = PlaneProcess.await(
                () -> {
                    there.set(gateway.get(marker).statusCode());
                    return there.get() == 302;
                },
                java.time.Duration.ofSeconds(30));
        if (!arrived) {
            throw new IllegalStateException("the node answers " + there.get() + " to a route that redirects");
        }
    }

    private void put(String path, String json) {
        var answer = gateway.admin("PUT", "/apisix/admin/" + path, json);
        expect(answer.statusCode(), "PUT " + path + ": " + Objects.requireNonNullElse(answer.body(), ""));
    }

    private static void expect(int status, String what) {
        if (status / 100 != 2) {
            throw new IllegalStateException("the Admin API answers " + status + " to " + what);
        }
    }

    @Override
    public void close() {
        dataPlane.close();
        controlPlane.close();
    }
}
