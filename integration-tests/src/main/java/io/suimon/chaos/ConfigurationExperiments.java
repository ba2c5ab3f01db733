package io.suimon.chaos;

import io.suimon.harness.FaultProxy;
import io.suimon.harness.NodeSite;
import io.suimon.harness.PlaneProcess;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** What the configuration can do to us: lose its history, grow, be wrong. */
final class ConfigurationExperiments {

    private static final int LARGE_ROUTES = 3_000;
    private static final int LARGE_ROUTE_BYTES = 4_000;

    private ConfigurationExperiments() {}

    static List<Experiment> all() {
        return List.of(compacted(), RestoredEtcd.experiment(), broken(), large());
    }

    private static Experiment compacted() {
        var compaction = new Compaction();
        return new Experiment(
                "etcd-compacted",
                "etcd is out of reach while others write to it, and compacts its history past our revision",
                "the configuration is listed again, no event is lost, nothing else is built anew, and traffic does not notice",
                Duration.ofSeconds(8),
                compaction,
                List.of(),
                List.of(
                        bed -> servedEverywhere(bed, "/compacted", 200, "the route that others wrote"),
                        compaction::nodesGotDifferences),
                Expectation.unharmed(
                        Expectation.readsAreAnswered(), Expectation.writesSucceedAgainWithin(Duration.ofSeconds(10))));
    }

    private static final class Compaction implements Fault {
        private long snapshots;

        @Override
        public void inject(Testbed bed) {
            snapshots = snapshots(bed);
            bed.etcd().proxies().forEach(proxy -> proxy.swallow(true));
            bed.etcd().proxies().forEach(FaultProxy::cut);
            writeBehindOurBack(bed);
        }

        @Override
        public void heal(Testbed bed) {
            bed.etcd().proxies().forEach(FaultProxy::heal);
            bed.etcd().proxies().forEach(FaultProxy::cut);
        }

        Finding nodesGotDifferences(Testbed bed) {
            long more = snapshots(bed) - snapshots;
            return new Finding(
                    "complete configurations that nodes applied (suimon_sync_snapshots_total)",
                    "none: what did not change stays as it is",
                    more + " more",
                    more == 0);
        }

        private static long snapshots(Testbed bed) {
            return bed.nodeSites().stream()
                    .mapToLong(site -> (long) site.metric("suimon_sync_snapshots_total"))
                    .sum();
        }
    }

    private static void writeBehindOurBack(Testbed bed) {
        for (int i = 0; i < 20; i++) {
            bed.etcd().ctl("put", "/apisix/routes/compacted", route(bed, "/compacted", "\"desc\":\"" + i + "\","));
        }
        var status = bed.etcd().ctl("get", "/apisix/routes/compacted", "-w", "fields");
        var revision = status.lines()
                .filter(line -> line.startsWith("\"Revision\""))
                .map(line -> line.replaceAll("\\D+", ""))
                .findFirst()
                .orElseThrow();
        bed.etcd().ctl("compact", revision);
    }

    private static Experiment broken() {
        return new Experiment(
                "resource-broken",
                "a route that no node can compile is written to etcd, past the Admin API",
                "it stays at its last good form, everything else applies, and the nodes' reasons can be read",
                Duration.ofSeconds(5),
                Fault.of(
                        bed -> {
                            put(bed, "broken", "/broken", "");
                            awaitServed(bed, "/broken", 200);
                            bed.etcd()
                                    .ctl(
                                            "put",
                                            "/apisix/routes/broken",
                                            route(bed, "/broken", "\"plugins\":{\"no-such-plugin\":{}},"));
                            put(bed, "beside-broken", "/beside-broken", "");
                        },
                        bed -> bed.etcd().ctl("del", "/apisix/routes/broken")),
                List.of(
                        bed -> servedEverywhere(bed, "/beside-broken", 200, "a route written behind it"),
                        bed -> servedEverywhere(bed, "/broken", 200, "the broken route, in its last good form"),
                        ConfigurationExperiments::rejectionIsNamed),
                List.of(bed -> servedEverywhere(bed, "/broken", 404, "the broken route, once it is deleted")),
                Expectation.unharmed(Expectation.readsAreAnswered()));
    }

    private static Finding rejectionIsNamed(Testbed bed) {
        var seen = new AtomicInteger();
        boolean named = PlaneProcess.await(
                () -> {
                    seen.set((int) bed.controlPlaneSites().stream()
                            .map(site ->
                                    site.admin("GET", "/suimon/v1/nodes", "").body())
                            .flatMap(body -> List.of(body.split("\"kind\":\"routes\",\"id\":\"broken\"", -1)).stream()
                                    .skip(1))
                            .count());
                    return seen.get() == bed.nodeSites().size();
                },
                Duration.ofSeconds(5));
        return new Finding(
                "nodes that name routes/broken with their reason",
                "" + bed.nodeSites().size(),
                "" + seen.get(),
                named);
    }

    private static Experiment large() {
        return new Experiment(
                "configuration-large",
                "%,d routes of %,d bytes are written (%d MB), a control plane restarts on them, and a new node starts"
                        .formatted(LARGE_ROUTES, LARGE_ROUTE_BYTES, LARGE_ROUTES * LARGE_ROUTE_BYTES / 1_000_000),
                "read in pages, streamed in chunks: all arrives, and traffic does not notice",
                Duration.ofSeconds(5),
                Fault.of(ConfigurationExperiments::writeMany, ConfigurationExperiments::deleteMany),
                List.of(
                        bed -> servedEverywhere(bed, "/large/" + (LARGE_ROUTES - 1), 200, "the last of the routes"),
                        ConfigurationExperiments::controlPlaneRestarts,
                        ConfigurationExperiments::newNodeServesTheLast),
                List.of(bed -> servedEverywhere(
                        bed, "/large/" + (LARGE_ROUTES - 1), 404, "the last of the routes, once deleted")),
                List.of(Expectation.noRequestFails(), Expectation.nothingIsLost()));
    }

    private static void writeMany(Testbed bed) {
        var filler = "\"desc\":\"" + "x".repeat(200) + "\",\"labels\":{\"filler\":\"" + "y".repeat(200)
                + "\"},\"plugins\":{\"response-rewrite\":{\"headers\":{\"set\":{\"X-Filler\":\""
                + "z".repeat(LARGE_ROUTE_BYTES - 600) + "\"}}}},";
        many(bed, "PUT", number -> route(bed, "/large/" + number, filler));
    }

    private static void deleteMany(Testbed bed) {
        many(bed, "DELETE", number -> "");
    }

    private static void many(Testbed bed, String method, java.util.function.IntFunction<String> body) {
        var next = new AtomicInteger();
        var failures = new AtomicInteger();
        var site = bed.controlPlaneSites().getLast();
        try (var writers = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                writers.execute(() -> {
                    for (int number = next.getAndIncrement(); number < LARGE_ROUTES; number = next.getAndIncrement()) {
                        var answer = AdminAnswer.to(
                                site, method, "/apisix/admin/routes/large-" + number, body.apply(number));
                        if (!answer.good()) {
                            failures.incrementAndGet();
                        }
                    }
                });
            }
        }
        if (failures.get() > 0) {
            throw new IllegalStateException(failures + " of " + LARGE_ROUTES + " requests " + method + " failed");
        }
    }

    private static Finding controlPlaneRestarts(Testbed bed) {
        var plane = bed.controlPlanes().getFirst();
        plane.kill();
        long start = System.nanoTime();
        plane.restart();
        plane.awaitReady();
        long millis = (System.nanoTime() - start) / 1_000_000;
        var answer = AdminAnswer.to(
                bed.controlPlaneSites().getFirst(), "GET", "/apisix/admin/routes/large-" + (LARGE_ROUTES - 1), "");
        return new Finding(
                "a control plane that restarts",
                "ready, with all of it",
                "ready after " + millis + " ms; the last route: " + answer.status(),
                answer.status() == 200);
    }

    private static Finding newNodeServesTheLast(Testbed bed) {
        var site = bed.extraNodeSite();
        long start = System.nanoTime();
        try (var node = bed.startExtraNode(site)) {
            boolean serves = PlaneProcess.await(
                    () -> status(site, "/large/" + (LARGE_ROUTES - 1)) == 200, Duration.ofSeconds(20));
            long millis = (System.nanoTime() - start) / 1_000_000;
            return new Finding(
                    "a node that starts now",
                    "serves the last of the routes within 20 s",
                    serves ? "after " + millis + " ms" : "does not; alive: " + node.alive(),
                    serves);
        }
    }

    static void put(Testbed bed, String id, String uri, String more) {
        var answer = AdminAnswer.to(
                bed.controlPlaneSites().getFirst(), "PUT", "/apisix/admin/routes/" + id, route(bed, uri, more));
        if (!answer.good()) {
            throw new IllegalStateException("routes/" + id + " was not written: " + answer.summary());
        }
    }

    /** @param more members of the object, each with a comma behind it */
    private static String route(Testbed bed, String uri, String more) {
        return "{\"uri\":\"%s\",%s\"upstream\":{\"nodes\":{\"127.0.0.1:%d\":1}}}"
                .formatted(uri, more, bed.originPaths().getFirst().port());
    }

    static boolean awaitServed(Testbed bed, String path, int status) {
        return PlaneProcess.await(
                () -> bed.nodeSites().stream().allMatch(site -> status(site, path) == status), Duration.ofSeconds(15));
    }

    static Finding servedEverywhere(Testbed bed, String path, int status, String what) {
        long start = System.nanoTime();
        boolean served = awaitServed(bed, path, status);
        long millis = (System.nanoTime() - start) / 1_000_000;
        return new Finding(
                what,
                "answered " + status + " by both nodes",
                served
                        ? "after " + millis + " ms"
                        : bed.nodeSites().stream()
                                .map(site -> status(site, path))
                                .toList()
                                .toString(),
                served);
    }

    private static int status(NodeSite site, String path) {
        try {
            return site.get(path).statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }
}
