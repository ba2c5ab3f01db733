package io.suimon.bench;

import io.suimon.harness.Gateway;
import io.suimon.harness.NodeSite;
import io.suimon.harness.PlaneProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A node with a disk copy and no control plane, to be started again and again. */
final class NodeStart {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_NANOS = 2_000_000;
    private static final int NO_CONTROL_PLANE = 9; // the discard port: nothing listens there

    private final NodeSite site;

    private NodeStart(NodeSite site) {
        this.site = site;
    }

    /** How a node is started: as it ships, or lacking something. */
    enum Way {
        AS_SHIPPED("as it ships", true, true),
        COLD("not warmed up", false, true),
        UNRECORDED("no recorded start", true, false),
        NEITHER("neither", false, false);

        private final String title;
        private final boolean warmedUp;
        private final boolean recorded;

        Way(String title, boolean warmedUp, boolean recorded) {
            this.title = title;
            this.warmedUp = warmedUp;
            this.recorded = recorded;
        }

        String title() {
            return title;
        }

        private Map<String, String> environment() {
            var environment = new HashMap<String, String>();
            if (!warmedUp) {
                environment.put("SUIMON_WARM_UP_TIME", "PT0S");
            }
            if (!recorded) {
                environment.put("JDK_JAVA_OPTIONS", "-XX:AOTMode=off");
            }
            return environment;
        }
    }

    /** When it was ready, and what it had used by then. */
    record Ready(double millis, double cpuMillis, double residentMiB) {}

    /** Lets a node get so many routes from a control plane, and ends both. */
    static NodeStart withRoutes(Path root, Path folder, int routes, int origin) {
        var gateway = new Gateway(root, folder);
        var site = NodeSite.in(root, folder);
        var store = folder.resolve("store");
        StoreFill.routes(store, routes - 1, "127.0.0.1:" + origin);
        try (var plane = gateway.startControlPlane(List.of(), Map.of("SUIMON_STORE_PATH", store.toString()))) {
            plane.awaitReady();
            var json = "{\"uri\":\"/100\",\"upstream\":{\"nodes\":{\"127.0.0.1:" + origin + "\":1}}}";
            var answer = gateway.admin("PUT", "/apisix/admin/routes/bench", json);
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException("the Admin API answers " + answer.statusCode() + ": " + answer.body());
            }
            try (var node = site.start(List.of(), List.of(gateway.streamPort()), Map.of())) {
                node.awaitReady();
                if (!PlaneProcess.await(() -> site.get("/100").statusCode() == 200, PATIENCE)) {
                    throw new IllegalStateException("the node does not get its routes; its log:\n" + node.log());
                }
                node.terminate();
            }
            plane.terminate();
        }
        return new NodeStart(site);
    }

    /**
     * Starts it and ends it.
     *
     * @param prefix put before the command, as {@code taskset -c 0}; may be empty
     */
    Ready measure(List<String> prefix, Way way) {
        long begin = System.nanoTime();
        try (var node = ready(prefix, way)) {
            double millis = (System.nanoTime() - begin) / 1e6;
            var pids = List.of(node.pid());
            var ready = new Ready(millis, ProcessMeter.cpuMicros(pids) / 1e3, ProcessMeter.residentMiB(pids));
            node.terminate();
            return ready;
        }
    }

    /** Starts it and waits until it is ready. */
    PlaneProcess ready(List<String> prefix, Way way) {
        var node = site.start(prefix, List.of(NO_CONTROL_PLANE), way.environment());
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady(site.statusPort())) {
            if (!node.alive() || System.nanoTime() - end >= 0) {
                node.close();
                throw new IllegalStateException("the node did not become ready; its log:\n" + node.log());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return node;
    }

    int trafficPort() {
        return site.trafficPort();
    }

    /** By hand: an HTTP client would take the core from the node. */
    private static boolean isReady(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream()
                    .write("GET /status/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1).endsWith(" 200");
        } catch (IOException e) {
            return false;
        }
    }
}
