package io.suimon.bench.admin;

import io.suimon.harness.EtcdMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Measures writes one after the other, writes of many clients, and reads of one route, among few routes. */
final class FewRoutes {

    static final int WRITERS = 16;

    private static final int READERS = 8;
    private static final int ROUTES_PER_WRITER = 10;

    /** How many routes there are. */
    static final int ROUTES = WRITERS * ROUTES_PER_WRITER;

    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(30);
    private static final double ADDED_MILLIS = 3;
    private static final double WRITES_PER_SECOND = 1_000;
    private static final double READS_PER_SECOND = 5_000;

    private final ControlPlaneUnderTest controlPlane;
    private final Duration load;
    private final @Nullable EtcdMember etcd;

    /**
     * @param load how long each load lasts
     * @param etcd the store; null means it is the embedded one
     */
    FewRoutes(ControlPlaneUnderTest controlPlane, Duration load, @Nullable EtcdMember etcd) {
        this.controlPlane = controlPlane;
        this.load = load;
        this.etcd = etcd;
    }

    List<Finding> measure() {
        write();
        warmUp();
        var findings = new ArrayList<Finding>();
        findings.addAll(etcd == null ? oneWriter() : oneWriterBeside(etcd));
        findings.addAll(manyWriters());
        findings.addAll(readers());
        return findings;
    }

    private void write() {
        var next = new AtomicInteger();
        Clients.run(controlPlane.port(), Collections.nCopies(WRITERS, Routes.rest(next, ROUTES)), WRITTEN_WITHIN);
    }

    /** As long as it takes until what is measured is compiled. */
    private void warmUp() {
        for (int i = 0; i < 2; i++) {
            Clients.run(controlPlane.port(), writers(), load);
            Clients.run(controlPlane.port(), reading(), load);
        }
    }

    private List<Finding> oneWriter() {
        var puts = Clients.run(controlPlane.port(), List.of(Routes.round(0, ROUTES)), load);
        return List.of(
                Finding.plain("PUT, one client: median", puts.medianMillis(), "ms"),
                Finding.plain("PUT, one client: p99", puts.p99Millis(), "ms"));
    }

    private List<Finding> oneWriterBeside(EtcdMember member) {
        var bare = LongStream.builder();
        var own = LongStream.builder();
        try (var connection = AdminConnection.open(controlPlane.port());
                var reference = new BareEtcd(member.port(), "/apisix/" + Routes.path(0))) {
            reference.warmUp(load);
            long begun = System.nanoTime();
            for (int i = 0; System.nanoTime() - begun < 2 * load.toNanos(); i++) {
                bare.add(reference.put());
                own.add(connection.send(Routes.put(i % ROUTES)));
            }
        }
        var bares = Latencies.of(bare.build().toArray(), load);
        var puts = Latencies.of(own.build().toArray(), load);
        return List.of(
                Finding.plain("PUT, one client: median", puts.medianMillis(), "ms"),
                Finding.plain("PUT, one client: p99", puts.p99Millis(), "ms"),
                Finding.plain("bare etcd transaction of the same value: median", bares.medianMillis(), "ms"),
                Finding.plain("bare etcd transaction of the same value: p99", bares.p99Millis(), "ms"),
                Finding.atMost(
                        "what the Admin API adds: median",
                        puts.medianMillis() - bares.medianMillis(),
                        "ms",
                        ADDED_MILLIS));
    }

    private List<Finding> manyWriters() {
        var puts = Clients.run(controlPlane.port(), writers(), load);
        var what = "PUT, " + WRITERS + " clients";
        return List.of(
                etcd == null
                        ? Finding.atLeast(what, puts.perSecond(), "per second", WRITES_PER_SECOND)
                        : Finding.plain(what, puts.perSecond(), "per second"),
                Finding.plain(what + ": median", puts.medianMillis(), "ms"),
                Finding.plain(what + ": p99", puts.p99Millis(), "ms"));
    }

    private List<Finding> readers() {
        var gets = Clients.run(controlPlane.port(), reading(), load);
        var what = "GET of one route, " + READERS + " clients";
        return List.of(
                Finding.atLeast(what, gets.perSecond(), "per second", READS_PER_SECOND),
                Finding.plain(what + ": median", gets.medianMillis(), "ms"),
                Finding.plain(what + ": p99", gets.p99Millis(), "ms"));
    }

    private static List<Clients.Script> writers() {
        return IntStream.range(0, WRITERS)
                .mapToObj(writer -> Routes.round(writer * ROUTES_PER_WRITER, ROUTES_PER_WRITER))
                .toList();
    }

    private static List<Clients.Script> reading() {
        return IntStream.range(0, READERS)
                .mapToObj(reader -> Routes.get(Routes.path(reader)))
                .toList();
    }
}
