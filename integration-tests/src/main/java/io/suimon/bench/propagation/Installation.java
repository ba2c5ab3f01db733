package io.suimon.bench.propagation;

import io.suimon.bench.Churn;
import io.suimon.harness.ControlPlaneSite;
import io.suimon.harness.EtcdCluster;
import io.suimon.harness.HttpConnection;
import io.suimon.harness.NodeSite;
import io.suimon.harness.PlaneProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A control plane on one of the stores, with as many nodes as are asked for. One thread uses it. */
final class Installation implements AutoCloseable {

    private static final int LOADERS = 16;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Duration LOADED_WITHIN = Duration.ofMinutes(5);

    private final Path root;
    private final Path folder;
    private final Sides sides = Sides.ofThisMachine();
    private final TrafficSide traffic = new TrafficSide();
    private final @Nullable EtcdCluster etcd;
    private final ControlPlaneSite site;
    private final PlaneProcess controlPlane;
    private final List<NodeSite> nodeSites = new ArrayList<>();
    private final List<PlaneProcess> nodes = new ArrayList<>();

    Installation(Path root, Path folder, String store) {
        this.root = root;
        this.folder = folder;
        this.etcd = store.equals("etcd") ? EtcdCluster.start(1, made("etcd")) : null;
        this.site = ControlPlaneSite.in(root, made("control-plane"));
        this.controlPlane = site.start(List.of(), etcd == null ? Map.of() : etcd.directSettings())
                .awaitReady();
    }

    private Path made(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes routes until there are so many. */
    void load(int routes) {
        var next = new AtomicInteger();
        try (var loaders = Executors.newFixedThreadPool(LOADERS)) {
            for (int i = 0; i < LOADERS; i++) {
                loaders.execute(() -> {
                    try (var admin = admin()) {
                        for (int number = next.getAndIncrement(); number < routes; number = next.getAndIncrement()) {
                            put(admin, "filler-" + number, "/filler/" + number);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }

    /** Starts nodes until there are so many, and waits until each runs what the control plane has. */
    void nodes(int count) throws IOException {
        while (nodes.size() < count) {
            var place = NodeSite.in(root, made("node-" + (nodes.size() + 1)));
            nodeSites.add(place);
            nodes.add(place.start(List.of(), List.of(site.streamPort()), Map.of()));
        }
        nodes.forEach(PlaneProcess::awaitReady);
        try (var admin = admin()) {
            put(admin, "marker", "/marker");
        }
        boolean loaded = PlaneProcess.await(
                () -> nodeSites.stream().allMatch(node -> node.get("/marker").statusCode() == 200), LOADED_WITHIN);
        if (!loaded) {
            throw new IllegalStateException("the nodes do not have all routes after " + LOADED_WITHIN);
        }
    }

    /** A connection to the Admin API. */
    HttpConnection admin() throws IOException {
        return new HttpConnection(site.adminPort(), TIMEOUT_MILLIS);
    }

    /** Begins to change other routes. */
    Churn churn() {
        return new Churn(site.adminPort(), traffic.origin());
    }

    /** A connection to a node, of those there are. */
    HttpConnection node(int index) throws IOException {
        return new HttpConnection(nodeSites.get(index).trafficPort(), TIMEOUT_MILLIS);
    }

    /** Gives one half of the cores to control plane, etcd and this process, the other one to nodes, origin and their clients. */
    void part() {
        sides.part(controlSide(), trafficSide());
    }

    /** Lets all of them use all cores, as at the start. */
    void join() {
        sides.join(controlSide());
        sides.join(trafficSide());
    }

    private List<Long> controlSide() {
        var processes = new ArrayList<>(List.of(ProcessHandle.current().pid(), controlPlane.pid()));
        if (etcd != null) {
            etcd.members().forEach(member -> processes.add(member.pid()));
        }
        return processes;
    }

    private List<Long> trafficSide() {
        var processes = new ArrayList<>(List.of(traffic.pid()));
        nodes.forEach(node -> processes.add(node.pid()));
        return processes;
    }

    /** The side of the origin and of the first node's other clients. */
    TrafficSide traffic() {
        return traffic;
    }

    int trafficPort() {
        return nodeSites.getFirst().trafficPort();
    }

    /** Writes a route; a failure ends the run. */
    void put(HttpConnection admin, String id, String uri) throws IOException {
        var status = admin.put(
                "/apisix/admin/routes/" + id,
                "{\"uri\":\"%s\",\"upstream\":{\"nodes\":{\"%s\":1}}}".formatted(uri, traffic.origin()));
        if (!status.startsWith("HTTP/1.1 20")) {
            throw new IllegalStateException("PUT of routes/" + id + ": " + status);
        }
    }

    @Override
    public void close() {
        nodes.forEach(PlaneProcess::close);
        controlPlane.close();
        if (etcd != null) {
            etcd.close();
        }
        traffic.close();
    }
}
