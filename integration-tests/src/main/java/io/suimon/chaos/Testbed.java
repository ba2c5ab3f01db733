package io.suimon.chaos;

import io.suimon.harness.ControlPlaneSite;
import io.suimon.harness.EtcdCluster;
import io.suimon.harness.FaultProxy;
import io.suimon.harness.FolderFault;
import io.suimon.harness.Gateway;
import io.suimon.harness.NodeSite;
import io.suimon.harness.Origin;
import io.suimon.harness.PacketFilter;
import io.suimon.harness.PlaneProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A whole installation on loopback: three etcd members, two control planes, two nodes, two origins, and a {@link FaultProxy} on every
 * way between them. One thread uses it.
 */
final class Testbed implements AutoCloseable {

    /** The id of the route that clients use throughout. */
    static final String STEADY = "steady";

    static final String STEADY_PATH = "/steady";

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(30);

    private final Path root;
    private final Path folder;
    private final EtcdCluster etcd;
    private final List<Origin> origins = List.of(new Origin("first"), new Origin("second"));
    private final List<FaultProxy> originPaths;
    private final List<ControlPlaneSite> controlPlaneSites = new ArrayList<>();
    private final List<PlaneProcess> controlPlanes = new ArrayList<>();
    private final List<FaultProxy> streamPaths = new ArrayList<>();
    private final List<NodeSite> nodeSites = new ArrayList<>();
    private final List<PlaneProcess> nodes = new ArrayList<>();

    private Testbed(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
        this.etcd = EtcdCluster.start(3, folder.resolve("etcd"));
        this.originPaths =
                origins.stream().map(origin -> FaultProxy.to(origin.port())).toList();
    }

    /** Starts everything, writes the route, and waits until both nodes serve it. */
    static Testbed start(Path root, Path folder) {
        PacketFilter.removeLeftovers();
        FolderFault.removeLeftovers();
        var bed = new Testbed(root, folder);
        try {
            bed.startPlanes();
            bed.awaitSettled();
            return bed;
        } catch (RuntimeException e) {
            bed.close();
            throw e;
        }
    }

    private void startPlanes() {
        for (int i = 1; i <= 2; i++) {
            var site = ControlPlaneSite.in(root, made("control-plane-" + i));
            controlPlaneSites.add(site);
            streamPaths.add(FaultProxy.to(site.streamPort()));
            controlPlanes.add(site.start(List.of(), etcd.settings()));
        }
        controlPlanes.forEach(PlaneProcess::awaitReady);
        writeSteadyRoute();
        for (int i = 1; i <= 2; i++) {
            var site = NodeSite.in(root, made("node-" + i));
            nodeSites.add(site);
            nodes.add(site.start(List.of(), streamPorts(), Map.of()));
        }
        nodes.forEach(PlaneProcess::awaitReady);
    }

    private void writeSteadyRoute() {
        var answer = AdminAnswer.to(
                controlPlaneSites.getFirst(),
                "PUT",
                "/apisix/admin/routes/" + STEADY,
                "{\"uri\":\"%s\",\"upstream\":{\"nodes\":{\"127.0.0.1:%d\":1,\"127.0.0.1:%d\":1},\"timeout\":{\"connect\":1,\"send\":1,\"read\":1}}}"
                        .formatted(
                                STEADY_PATH,
                                originPaths.get(0).port(),
                                originPaths.get(1).port()));
        if (!answer.good()) {
            throw new IllegalStateException("the first route was not written: " + answer.summary());
        }
    }

    /** A node more, on a site of its own, that is not waited for. The caller closes it. */
    PlaneProcess startExtraNode(NodeSite site) {
        return site.start(List.of(), streamPorts(), Map.of());
    }

    /** A site for a node more. */
    NodeSite extraNodeSite() {
        return NodeSite.in(root, made("extra-" + System.nanoTime()));
    }

    private List<Integer> streamPorts() {
        return streamPaths.stream().map(FaultProxy::port).toList();
    }

    private Path made(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes whole what an experiment left broken: heals every path, starts what is dead, waits until all is well again. */
    void restore() {
        PacketFilter.pass();
        FolderFault.uncoverAll();
        etcd.proxies().forEach(FaultProxy::heal);
        streamPaths.forEach(FaultProxy::heal);
        originPaths.forEach(FaultProxy::heal);
        etcd.members().stream().filter(member -> !member.alive()).forEach(member -> member.start());
        etcd.awaitHealthy();
        for (var plane : all()) {
            if (!plane.alive()) {
                plane.restart();
            }
        }
        all().forEach(PlaneProcess::awaitReady);
        awaitSettled();
    }

    private List<PlaneProcess> all() {
        var all = new ArrayList<>(controlPlanes);
        all.addAll(nodes);
        return all;
    }

    /** Waits until every control plane takes writes and every node serves the route. */
    private void awaitSettled() {
        boolean settled = PlaneProcess.await(
                () -> controlPlaneSites.stream().allMatch(this::takesWrites)
                        && nodeSites.stream().allMatch(Testbed::serves),
                SETTLED_WITHIN);
        if (!settled) {
            throw new IllegalStateException("the installation is not well after " + SETTLED_WITHIN + "; see " + folder);
        }
    }

    private boolean takesWrites(ControlPlaneSite site) {
        return AdminAnswer.to(
                        site,
                        "PUT",
                        "/apisix/admin/routes/settling-" + site.adminPort(),
                        "{\"uri\":\"/settling\",\"upstream\":{\"nodes\":{\"127.0.0.1:9\":1}}}")
                .good();
    }

    /** Whether a node serves the route. */
    static boolean serves(NodeSite site) {
        try {
            return site.get(STEADY_PATH).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Whether a node says that it is ready. */
    static boolean ready(NodeSite site) {
        try {
            return Gateway.send(HttpRequest.newBuilder(site.readiness())).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    EtcdCluster etcd() {
        return etcd;
    }

    List<ControlPlaneSite> controlPlaneSites() {
        return List.copyOf(controlPlaneSites);
    }

    List<PlaneProcess> controlPlanes() {
        return List.copyOf(controlPlanes);
    }

    List<NodeSite> nodeSites() {
        return List.copyOf(nodeSites);
    }

    List<PlaneProcess> nodes() {
        return List.copyOf(nodes);
    }

    /** The ways from the nodes to the control planes. */
    List<FaultProxy> streamPaths() {
        return List.copyOf(streamPaths);
    }

    /** The ways from the nodes to the origins. */
    List<FaultProxy> originPaths() {
        return originPaths;
    }

    Path folder() {
        return folder;
    }

    /** All that the control planes have logged. */
    ControlPlaneLog controlPlaneLog() {
        return new ControlPlaneLog(controlPlanes.stream()
                .map(plane -> plane.log()
                        .lines()
                        .filter(line -> !line.contains("[io.su.audit]"))
                        .toList())
                .toList());
    }

    /** CPU time that the control planes have used. */
    Duration controlPlaneCpu() {
        return controlPlanes.stream()
                .filter(PlaneProcess::alive)
                .flatMap(plane -> ProcessHandle.of(plane.pid()).stream())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        PacketFilter.pass();
        FolderFault.uncoverAll();
        nodes.forEach(PlaneProcess::close);
        controlPlanes.forEach(PlaneProcess::close);
        streamPaths.forEach(FaultProxy::close);
        originPaths.forEach(FaultProxy::close);
        etcd.close();
        origins.forEach(Origin::close);
    }
}
