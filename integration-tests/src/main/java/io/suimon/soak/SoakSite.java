package io.suimon.soak;

import io.suimon.bench.Certificate;
import io.suimon.bench.JavaHeap;
import io.suimon.bench.load.OwnOrigin;
import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import io.suimon.harness.PlaneProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A control plane and a node on loopback, and origins of every kind. */
final class SoakSite implements AutoCloseable {

    /** Idle connections end soon, so that it is seen soon what is left; buffers go back to where they are counted, and are watched. */
    private static final Map<String, String> NODE = Map.of(
            "SUIMON_TRAFFIC_TIMEOUT_IDLE",
            "PT5S",
            "SUIMON_TRAFFIC_UPSTREAM_KEEPALIVE_TIMEOUT",
            "PT5S",
            "JAVA_TOOL_OPTIONS",
            "-Dio.netty.allocator.smallCacheSize=0 -Dio.netty.allocator.normalCacheSize=0"
                    + " -Dio.netty.leakDetection.level=paranoid -XX:-UseDynamicNumberOfCompilerThreads");

    private static final Duration APPLIED_WITHIN = Duration.ofSeconds(30);

    private final Origin steady = new Origin("steady");
    private final FaultyOrigin faulty = new FaultyOrigin();
    private final OwnOrigin echo = OwnOrigin.echo();
    private final OwnOrigin bodies = OwnOrigin.ofBodies();
    private final OwnOrigin grpc = OwnOrigin.grpcEcho();
    private final Gateway gateway;
    private final Certificate certificate;
    private final PlaneProcess controlPlane;
    private final PlaneProcess node;
    private final JavaHeap heap;

    SoakSite(Path root, Path folder) throws IOException {
        gateway = new Gateway(root, folder);
        certificate = Certificate.in(folder);
        controlPlane = gateway.startControlPlane(List.of(), Map.of());
        PlaneProcess started = null;
        try {
            controlPlane.awaitReady();
            started = gateway.startDataPlane(List.of(), NODE);
            started.awaitReady();
            node = started;
            heap = JavaHeap.of(started.pid());
            configure();
        } catch (IllegalStateException e) {
            controlPlane.close();
            if (started != null) {
                started.close();
            }
            throw e;
        }
    }

    private void configure() {
        demand("ssls/1", certificate.json());
        route("steady", "/steady", "", steady.port(), "");
        route("echo", OwnOrigin.ECHO_PATH, "\"enable_websocket\":true,", echo.port(), "");
        route("bodies", "/bodies", "", bodies.port(), "");
        route("grpc", "/soak.Echo/*", "", grpc.port(), ",\"scheme\":\"grpc\"");
        for (var fault : List.of("reset", "hang", "half")) {
            route(fault, "/" + fault, "", faulty.port(), ",\"timeout\":{\"connect\":1,\"send\":1,\"read\":1}");
        }
        if (!PlaneProcess.await(() -> gateway.get("/reset").statusCode() == 502, APPLIED_WITHIN)) {
            throw new IllegalStateException("the node does not run its routes; see " + gateway.folder());
        }
    }

    private void route(String id, String uri, String more, int port, String upstream) {
        demand(
                "routes/" + id,
                "{\"uri\":\"" + uri + "\"," + more + "\"upstream\":{\"nodes\":{\"127.0.0.1:" + port + "\":1}" + upstream
                        + "}}");
    }

    private void demand(String path, String json) {
        int status = put(path, json);
        if (status / 100 != 2) {
            throw new IllegalStateException("the Admin API answers " + status + " to PUT " + path);
        }
    }

    /** Returns the status. */
    int put(String path, String json) {
        return gateway.admin("PUT", "/apisix/admin/" + path, json).statusCode();
    }

    Gateway gateway() {
        return gateway;
    }

    byte[] certificate() throws IOException {
        return Files.readAllBytes(certificate.chain());
    }

    PlaneProcess controlPlane() {
        return controlPlane;
    }

    Vitals vitals() {
        return Vitals.of(gateway, node.pid());
    }

    /** MiB of objects that live; collects all garbage to know. */
    double liveMiB() {
        return JavaHeap.liveMiB(node.pid());
    }

    /** MiB that are resident beside the heap. */
    double besideHeapMiB() {
        return heap.residentBesideMiB(node.pid());
    }

    boolean nodeLives() {
        return node.alive();
    }

    String nodeLog() {
        return node.log();
    }

    @Override
    public void close() throws IOException {
        node.close();
        controlPlane.close();
        steady.close();
        faulty.close();
        echo.close();
        bodies.close();
        grpc.close();
    }
}
