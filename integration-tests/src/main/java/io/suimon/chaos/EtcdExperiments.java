package io.suimon.chaos;

import io.suimon.harness.EtcdMember;
import io.suimon.harness.FaultProxy;
import io.suimon.harness.PacketFilter;
import io.suimon.harness.PlaneProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What etcd can do to us: be slow, lose members, be gone. */
final class EtcdExperiments {

    private static final Duration WRITE_LIMIT = Duration.ofSeconds(3);
    private static final Duration REFUSAL_LIMIT = Duration.ofMillis(3_500);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(10);

    private EtcdExperiments() {}

    static List<Experiment> all() {
        var all = new ArrayList<Experiment>();
        all.add(slow());
        for (int i = 1; i <= 3; i++) {
            all.add(killed(i));
        }
        for (int i = 1; i <= 3; i++) {
            all.add(frozen(i));
        }
        all.add(refused());
        all.add(unreachable());
        all.add(dropped());
        all.add(gone());
        all.add(silent());
        all.add(narrow());
        all.add(locked());
        return all;
    }

    private static Experiment slow() {
        return new Experiment(
                "etcd-slow",
                "etcd is slow: 5 s more between control plane and etcd, in each direction",
                "set route fails in time and says whether it may still take effect, get route succeeds, the request rate stays",
                Duration.ofSeconds(15),
                Fault.of(
                        bed -> each(bed, proxy -> proxy.delay(Duration.ofSeconds(5))),
                        bed -> each(bed, FaultProxy::heal)),
                List.of(),
                List.of(),
                Expectation.unharmed(
                        Expectation.latencyBelow(100),
                        Expectation.readsAreAnswered(),
                        Expectation.writesAreRefusedWithin(REFUSAL_LIMIT),
                        Expectation.writesSucceedAgainWithin(Duration.ofSeconds(15)),
                        Expectation.oneLinePerChange(),
                        Expectation.logStaysBelow(40)));
    }

    private static Experiment killed(int number) {
        return oneMember(
                "etcd-member-" + number + "-killed",
                "etcd member " + number + " of three is killed",
                Fault.of(
                        bed -> member(bed, number).kill(),
                        bed -> member(bed, number).start()));
    }

    private static Experiment frozen(int number) {
        return oneMember(
                "etcd-member-" + number + "-frozen",
                "etcd member " + number + " of three is stopped (SIGSTOP): connected, and silent",
                Fault.of(
                        bed -> member(bed, number).freeze(),
                        bed -> member(bed, number).thaw()));
    }

    private static Experiment refused() {
        return oneMember(
                "etcd-member-refused",
                "the etcd member with most connections resets them, and refuses new ones",
                Fault.of(
                        bed -> {
                            var path = busiest(bed);
                            path.refuse(true);
                            path.cut();
                        },
                        bed -> each(bed, FaultProxy::heal)));
    }

    private static Experiment unreachable() {
        return oneMember(
                "etcd-member-unreachable",
                "all packets to and from the etcd member with most connections disappear",
                Fault.of(bed -> busiest(bed).swallow(true), bed -> each(bed, FaultProxy::heal)));
    }

    /** The kernel does it: a connection is not even refused, which no proxy can do. */
    private static Experiment dropped() {
        return oneMember(
                "etcd-member-dropped",
                "the kernel (nftables) drops every packet to the etcd member with most connections, connections that begin, too",
                new DroppedMember());
    }

    private static final class DroppedMember implements Fault {
        @Override
        public Optional<String> obstacle() {
            return PacketFilter.obstacle();
        }

        @Override
        public void inject(Testbed bed) {
            var path = busiest(bed);
            var member = bed.etcd().members().get(bed.etcd().proxies().indexOf(path));
            var ports = new ArrayList<>(member.ports());
            ports.add(path.port());
            PacketFilter.drop(ports);
        }

        @Override
        public void heal(Testbed bed) {
            PacketFilter.pass();
        }
    }

    private static Experiment oneMember(String name, String fault, Fault injection) {
        return new Experiment(
                name,
                fault,
                "no failed read; writes go to a live member in time; the dead one is probed, not hammered; no flood in the log",
                Duration.ofSeconds(10),
                injection,
                List.of(),
                List.of(),
                Expectation.unharmed(
                        Expectation.readsAreAnswered(),
                        Expectation.writesSucceedWithin(WRITE_LIMIT),
                        Expectation.oneLinePerChange(),
                        Expectation.logStaysBelow(30)));
    }

    private static Experiment gone() {
        return new Experiment(
                "etcd-gone",
                "etcd is gone: all three members are killed, and a new node starts meanwhile",
                "traffic is unchanged, reads are answered, writes are refused, and the new node still gets its configuration",
                Duration.ofSeconds(15),
                Fault.of(
                        bed -> bed.etcd().members().forEach(EtcdMember::kill),
                        bed -> bed.etcd().members().forEach(EtcdMember::start)),
                List.of(EtcdExperiments::newNodeServes, bed -> readsAreMarkedStale(bed, Duration.ofSeconds(10))),
                List.of(),
                Expectation.unharmed(
                        Expectation.readsAreAnswered(),
                        Expectation.writesAreRefusedWithin(REFUSAL_LIMIT),
                        Expectation.etcdIsToldToBeAwayAndBack(),
                        Expectation.writesSucceedAgainWithin(Duration.ofSeconds(15)),
                        Expectation.controlPlanesUseLessThan(0.5),
                        Expectation.oneLinePerChange(),
                        Expectation.logStaysBelow(40)));
    }

    private static Experiment silent() {
        return new Experiment(
                "etcd-frozen",
                "all three etcd members are stopped (SIGSTOP): connected, and silent",
                "nobody waits for an answer; a write that was given up takes nobody's place when etcd goes on",
                Duration.ofSeconds(20),
                Fault.of(
                        bed -> bed.etcd().members().forEach(EtcdMember::freeze),
                        bed -> bed.etcd().members().forEach(EtcdMember::thaw)),
                List.of(bed -> readsAreMarkedStale(bed, Duration.ofSeconds(20))),
                List.of(),
                Expectation.unharmed(
                        Expectation.readsAreAnswered(),
                        Expectation.writesAreRefusedWithin(REFUSAL_LIMIT),
                        Expectation.writesSucceedAgainWithin(Duration.ofSeconds(15)),
                        Expectation.controlPlanesUseLessThan(0.5),
                        Expectation.oneLinePerChange(),
                        Expectation.logStaysBelow(40)));
    }

    private static Experiment narrow() {
        return new Experiment(
                "etcd-throttled",
                "200 ms more and 20 KB per second between control plane and etcd",
                "slow is not dead: traffic and reads are unchanged, writes get an answer",
                Duration.ofSeconds(15),
                Fault.of(
                        bed -> each(bed, proxy -> {
                            proxy.delay(Duration.ofMillis(200));
                            proxy.throttle(20_000);
                        }),
                        bed -> each(bed, FaultProxy::heal)),
                List.of(),
                List.of(),
                Expectation.unharmed(
                        Expectation.readsAreAnswered(),
                        Expectation.writesAreAnswered(),
                        Expectation.writesSucceedAgainWithin(BACK_WITHIN)));
    }

    private static Experiment locked() {
        var root = "--user=root:secret";
        return new Experiment(
                "etcd-asks-for-login",
                "authentication is switched on in etcd under the running control planes, which have no user",
                "writes say why they are refused; no storm of retries, no flood in the log; traffic and reads are unchanged",
                Duration.ofSeconds(15),
                Fault.of(
                        bed -> {
                            bed.etcd().ctl("user", "add", "root:secret");
                            bed.etcd().ctl("user", "grant-role", "root", "root");
                            bed.etcd().ctl("auth", "enable");
                        },
                        bed -> {
                            bed.etcd().ctl(root, "auth", "disable");
                            bed.etcd().ctl("user", "delete", "root");
                        }),
                List.of(),
                List.of(),
                Expectation.unharmed(
                        Expectation.readsAreAnswered(),
                        Expectation.writesAreRefusedWithin(REFUSAL_LIMIT),
                        Expectation.writesSucceedAgainWithin(BACK_WITHIN),
                        Expectation.controlPlanesUseLessThan(0.5),
                        Expectation.oneLinePerChange(),
                        Expectation.logStaysBelow(40)));
    }

    private static Finding newNodeServes(Testbed bed) {
        var site = bed.extraNodeSite();
        long start = System.nanoTime();
        try (var node = bed.startExtraNode(site)) {
            boolean serves = PlaneProcess.await(() -> Testbed.serves(site), Duration.ofSeconds(20));
            long millis = (System.nanoTime() - start) / 1_000_000;
            return new Finding(
                    "a node that starts now",
                    "serves within 20 s",
                    serves ? "serves after " + millis + " ms" : "does not; alive: " + node.alive(),
                    serves);
        }
    }

    private static Finding readsAreMarkedStale(Testbed bed, Duration within) {
        var site = bed.controlPlaneSites().getFirst();
        boolean marked = PlaneProcess.await(
                () -> site.admin("GET", "/apisix/admin/routes/" + Testbed.STEADY, "")
                        .headers()
                        .firstValue("X-Suimon-Stale")
                        .isPresent(),
                within);
        return new Finding(
                "answers to reads", "marked stale (X-Suimon-Stale)", marked ? "marked" : "not marked", marked);
    }

    private static FaultProxy busiest(Testbed bed) {
        return bed.etcd().proxies().stream()
                .max(Comparator.comparingInt(FaultProxy::open))
                .orElseThrow();
    }

    private static EtcdMember member(Testbed bed, int number) {
        return bed.etcd().members().get(number - 1);
    }

    private static void each(Testbed bed, Consumer<FaultProxy> change) {
        bed.etcd().proxies().forEach(change);
    }
}
