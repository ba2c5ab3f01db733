package io.suimon.bench;

import io.suimon.bench.load.Door;
import io.suimon.harness.Cores;
import io.suimon.harness.Gateway;
import io.suimon.harness.PlaneProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Suimon as it ships: its node pinned to the proxies' core, its control plane to the other. Closing it ends both. */
final class SuimonUnderTest implements AutoCloseable {

    /** The others end a client's connection as seldom. */
    private static final Map<String, String> SETTINGS =
            Map.of("SUIMON_TRAFFIC_MAX_REQUESTS_PER_CONNECTION", "1000000000");

    private static final Duration APPLIED_WITHIN = Duration.ofMinutes(2);

    private final String name;
    private final Gateway gateway;
    private final PlaneProcess controlPlane;
    private final PlaneProcess dataPlane;
    private final Origins origins;

    /** @param name as in the table */
    SuimonUnderTest(String name, Path root, Path folder, Origins origins, Certificate certificate) {
        this.name = name;
        this.origins = origins;
        gateway = new Gateway(root, folder);
        controlPlane = gateway.startControlPlane(Cores.onTheLoads(), Map.of());
        try {
            controlPlane.awaitReady();
            dataPlane = gateway.startDataPlane(Cores.onTheProxys(), SETTINGS);
        } catch (IllegalStateException e) {
            controlPlane.close();
            throw e;
        }
        try {
            dataPlane.awaitReady();
            put("consumers/bench", "{\"username\":\"bench\",\"plugins\":{\"key-auth\":{\"key\":\"bench\"}}}");
            put("ssls/bench", certificate.json());
            for (var backend : Backend.values()) {
                put("upstreams/" + backend.id(), backend.upstream(origins.port(backend)));
            }
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    Contender contender() {
        return new Contender(
                name,
                "this build",
                new Door(gateway.trafficPort(), gateway.tlsPort(), gateway.folder()),
                List.of(dataPlane.pid()));
    }

    int adminPort() {
        return gateway.adminPort();
    }

    /** Host and port of what routes lead to. */
    String origin() {
        return "127.0.0.1:" + origins.port(Backend.HTTP);
    }

    /** Configures what a scenario needs, and waits until the node runs it. */
    void configure(Setup setup) {
        ManyRoutes.put(gateway.adminPort(), setup.extraRoutes());
        put("routes/bench", setup.backend().route(setup.plugins()));
        if (!setup.globalPlugins().isEmpty()) {
            put("global_rules/bench", "{\"plugins\":" + setup.globalPlugins() + "}");
        }
        awaitLastRoute();
    }

    /** Removes what a scenario added beside its route. */
    void clean(Setup setup) {
        ManyRoutes.delete(gateway.adminPort(), setup.extraRoutes());
        if (!setup.globalPlugins().isEmpty()) {
            expect(
                    gateway.admin("DELETE", "/apisix/admin/global_rules/bench", "")
                            .statusCode(),
                    "DELETE global_rules/bench");
        }
        awaitLastRoute();
    }

    private void awaitLastRoute() {
        var marker = "/marker/" + System.nanoTime();
        put(
                "routes/marker",
                "{\"uri\":\"" + marker + "\",\"plugins\":{\"redirect\":{\"uri\":\"/there\",\"ret_code\":302}}}");
        var there = new AtomicInteger();
        boolean arrived = PlaneProcess.await(
                () -> {
                    there.set(gateway.get(marker).statusCode());
                    return there.get() == 302;
                },
                APPLIED_WITHIN);
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
