package io.suimon.chaos;

import io.suimon.harness.ControlPlaneSite;
import io.suimon.harness.FaultProxy;
import io.suimon.harness.PlaneProcess;
import java.time.Duration;
import java.util.List;

/** What the control planes, and the way to them, can do to us. */
final class ControlPlaneExperiments {

    private ControlPlaneExperiments() {}

    static List<Experiment> all() {
        return List.of(gone(), failOver(), frozen(), halfOpen(), lossy());
    }

    private static Experiment gone() {
        return new Experiment(
                "control-plane-gone",
                "both control planes are killed",
                "nodes keep routing for unlimited time, and take up changes when a control plane is back",
                Duration.ofSeconds(15),
                Fault.of(bed -> bed.controlPlanes().forEach(PlaneProcess::kill), bed -> {
                    bed.controlPlanes().forEach(PlaneProcess::restart);
                    bed.controlPlanes().forEach(PlaneProcess::awaitReady);
                }),
                List.of(ControlPlaneExperiments::nodesStayReady),
                List.of(bed -> changeArrives(bed, 0)),
                Expectation.unharmed());
    }

    private static Experiment failOver() {
        return new Experiment(
                "control-plane-killed",
                "one of two control planes is killed",
                "nodes go on with its twin, from where they are",
                Duration.ofSeconds(12),
                Fault.of(bed -> bed.controlPlanes().getFirst().kill(), bed -> {
                    bed.controlPlanes().getFirst().restart();
                    bed.controlPlanes().getFirst().awaitReady();
                }),
                List.of(bed -> changeArrives(bed, 1)),
                List.of(),
                Expectation.unharmed());
    }

    private static Experiment frozen() {
        var frozen = new FrozenControlPlane();
        return new Experiment(
                "control-plane-frozen",
                "the control plane with most nodes is stopped (SIGSTOP): connected, and silent",
                "its nodes notice within two heartbeats, and go on with its twin",
                Duration.ofSeconds(15),
                frozen,
                List.of(frozen::nodesMoveOver, frozen::changeArrives),
                List.of(bed -> changeArrives(bed, 0)),
                Expectation.unharmed());
    }

    private static final class FrozenControlPlane implements Fault {
        /** Two heartbeats, the longest pause before the first attempt behind them, and time for that and for asking. */
        private static final Duration MOVED_WITHIN = Duration.ofSeconds(2 * 5 + 1 + 2);

        private int frozen;
        private long since;

        @Override
        public void inject(Testbed bed) {
            var paths = bed.streamPaths();
            frozen = paths.get(0).open() >= paths.get(1).open() ? 0 : 1;
            since = System.nanoTime();
            Signals.send("STOP", bed.controlPlanes().get(frozen));
        }

        @Override
        public void heal(Testbed bed) {
            Signals.send("CONT", bed.controlPlanes().get(frozen));
        }

        private int twin() {
            return 1 - frozen;
        }

        Finding nodesMoveOver(Testbed bed) {
            var site = bed.controlPlaneSites().get(twin());
            int all = bed.nodeSites().size();
            boolean moved = PlaneProcess.await(() -> connected(site) == all, MOVED_WITHIN.plusSeconds(5));
            var took = Duration.ofNanos(System.nanoTime() - since);
            return new Finding(
                    "nodes at the other control plane",
                    "all within " + MOVED_WITHIN.toMillis() + " ms: two heartbeats and a pause",
                    moved ? "all after " + took.toMillis() + " ms" : connected(site) + " of " + all,
                    moved && took.compareTo(MOVED_WITHIN) <= 0);
        }

        private static int connected(ControlPlaneSite site) {
            return AdminAnswer.to(site, "GET", "/suimon/v1/nodes", "")
                            .body()
                            .split("\"state\":\"connected\"", -1)
                            .length
                    - 1;
        }

        Finding changeArrives(Testbed bed) {
            return ControlPlaneExperiments.changeArrives(bed, twin());
        }
    }

    private static Experiment halfOpen() {
        return new Experiment(
                "stream-half-open",
                "everything between the nodes and the control planes disappears, connections stay open",
                "traffic is unchanged; nodes give the connections up, and catch up when the way is back",
                Duration.ofSeconds(15),
                Fault.of(
                        bed -> bed.streamPaths().forEach(path -> path.swallow(true)),
                        bed -> bed.streamPaths().forEach(FaultProxy::heal)),
                List.of(ControlPlaneExperiments::nodesStayReady),
                List.of(bed -> changeArrives(bed, 0)),
                Expectation.unharmed(
                        Expectation.readsAreAnswered(), Expectation.writesSucceedWithin(Duration.ofSeconds(3))));
    }

    private static Experiment lossy() {
        return new Experiment(
                "stream-lossy",
                "2 % of what passes between the nodes and the control planes is lost, so that streams break in the middle",
                "no node runs half a configuration; it reconnects and resumes",
                Duration.ofSeconds(12),
                Fault.of(
                        bed -> bed.streamPaths().forEach(path -> path.lose(0.02)),
                        bed -> bed.streamPaths().forEach(FaultProxy::heal)),
                List.of(),
                List.of(bed -> changeArrives(bed, 0)),
                Expectation.unharmed(Expectation.readsAreAnswered()));
    }

    static Finding nodesStayReady(Testbed bed) {
        long ready = bed.nodeSites().stream().filter(Testbed::ready).count();
        return new Finding(
                "nodes that say they are ready",
                "both",
                ready + " of " + bed.nodeSites().size(),
                ready == 2);
    }

    /** Writes a route through a control plane, and waits until both nodes serve it. */
    static Finding changeArrives(Testbed bed, int controlPlane) {
        var name = "change-" + System.nanoTime();
        var written = AdminAnswer.to(
                bed.controlPlaneSites().get(controlPlane),
                "PUT",
                "/apisix/admin/routes/" + name,
                "{\"uri\":\"/%s\",\"upstream\":{\"nodes\":{\"127.0.0.1:%d\":1}}}"
                        .formatted(name, bed.originPaths().getFirst().port()));
        if (!written.good()) {
            return new Finding("a route written now", "served by both nodes", written.summary(), false);
        }
        return ConfigurationExperiments.servedEverywhere(bed, "/" + name, 200, "a route written now");
    }
}
