package io.suimon.chaos;

import io.suimon.harness.Beat;
import io.suimon.harness.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What origins and clients can do to us. */
final class TrafficExperiments {

    private TrafficExperiments() {}

    static List<Experiment> all() {
        return List.of(refuses(), flaps(), hostile());
    }

    private static Experiment refuses() {
        return origin(
                "origin-killed",
                "one of two origins resets its connections and refuses new ones",
                Fault.of(
                        bed -> {
                            bed.originPaths().getFirst().refuse(true);
                            bed.originPaths().getFirst().cut();
                        },
                        bed -> bed.originPaths().forEach(FaultProxy::heal)));
    }

    private static Experiment flaps() {
        return origin("origin-flapping", "one of two origins goes and comes back every 200 ms", new Flapping());
    }

    private static Experiment origin(String name, String fault, Fault injection) {
        return new Experiment(
                name,
                fault,
                "requests are sent to the other one; no client notices",
                Duration.ofSeconds(10),
                injection,
                List.of(),
                List.of(),
                Expectation.unharmed(
                        Expectation.latencyBelow(250),
                        Expectation.readsAreAnswered(),
                        Expectation.writesSucceedWithin(Duration.ofSeconds(3))));
    }

    /** Refuses and cuts, and heals, again and again. */
    private static final class Flapping implements Fault {
        private @Nullable Beat beat;
        private volatile boolean down;

        @Override
        public void inject(Testbed bed) {
            var path = bed.originPaths().getFirst();
            beat = new Beat("flapping", Duration.ofMillis(200), due -> turn(path));
        }

        private synchronized void turn(FaultProxy path) {
            down = !down;
            path.refuse(down);
            if (down) {
                path.cut();
            }
        }

        @Override
        public void heal(Testbed bed) {
            Objects.requireNonNull(beat).close();
            bed.originPaths().forEach(FaultProxy::heal);
        }
    }

    private static Experiment hostile() {
        var clients = new HostileClients();
        return new Experiment(
                "clients-hostile",
                "slowloris connections, endless and oversized headers, and ambiguous requests, all at once",
                "refused within limits that have names; other clients do not notice",
                Duration.ofSeconds(10),
                clients,
                List.of(clients::ambiguousIsRefused, clients::oversizedIsRefused),
                List.of(),
                Expectation.unharmed(Expectation.latencyBelow(250)));
    }
}
