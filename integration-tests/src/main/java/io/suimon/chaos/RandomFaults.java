package io.suimon.chaos;

import io.suimon.harness.EtcdMember;
import io.suimon.harness.FaultProxy;
import io.suimon.harness.PlaneProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Faults drawn at random, one or two at a time, for as long as asked; what must hold through all of them is judged at the end. The
 * same seed draws the same faults.
 */
final class RandomFaults implements Fault {

    private static final int SHORTEST_MILLIS = 1_000;
    private static final int LONGEST_MILLIS = 8_000;

    private final Random random;
    private volatile boolean stopped;
    private volatile @Nullable Exception defect;
    private @Nullable Thread thread;

    private RandomFaults(long seed) {
        this.random = new Random(seed);
    }

    static Experiment experiment(long seed, Duration lasts) {
        var faults = new RandomFaults(seed);
        return new Experiment(
                "random-" + seed,
                "faults drawn at random with seed " + seed + ", one or two at a time, for " + lasts.toMinutes()
                        + " min",
                "no request fails, nothing acknowledged is lost, and all is well when the last fault is gone",
                lasts,
                faults,
                List.of(),
                List.of(bed -> faults.ranWell(), bed -> {
                    bed.restore();
                    return ControlPlaneExperiments.changeArrives(bed, 0);
                }),
                Expectation.unharmed());
    }

    @Override
    public void inject(Testbed bed) {
        thread = Thread.ofPlatform().name("random-faults").start(() -> run(bed));
    }

    private void run(Testbed bed) {
        try {
            while (!stopped) {
                var drawn = new ArrayList<Fault>(List.of(draw(bed)));
                if (random.nextInt(3) == 0) {
                    drawn.add(draw(bed));
                }
                suffer(drawn, bed);
                rest(SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
            }
        } catch (IOException | RuntimeException e) {
            defect = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            defect = e;
        }
    }

    /** Whatever goes wrong meanwhile, nothing stays as it was made: a process that is asleep would be so for ever. */
    private void suffer(List<Fault> drawn, Testbed bed) throws IOException, InterruptedException {
        try {
            for (var fault : drawn) {
                fault.inject(bed);
            }
            rest(SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
        } finally {
            for (var fault : drawn) {
                fault.heal(bed);
            }
        }
    }

    private void rest(int millis) {
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        for (long left = until - System.nanoTime(); left > 0 && !stopped; left = until - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, 50_000_000));
        }
    }

    private Fault draw(Testbed bed) {
        return switch (random.nextInt(7)) {
            case 0 -> killed(any(bed.etcd().members()));
            case 1 -> frozen(any(bed.etcd().members()));
            case 2 -> path(any(bed.etcd().proxies()));
            case 3 -> path(any(bed.streamPaths()));
            case 4 -> killed(any(bed.controlPlanes()));
            case 5 -> frozen(any(bed.controlPlanes()));
            default -> slow(bed);
        };
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static Fault killed(EtcdMember member) {
        return Fault.of(bed -> member.kill(), bed -> {
            if (!member.alive()) {
                member.start();
            }
        });
    }

    private static Fault killed(PlaneProcess plane) {
        return Fault.of(
                bed -> {
                    if (plane.alive()) {
                        plane.kill();
                    }
                },
                bed -> {
                    if (!plane.alive()) {
                        plane.restart();
                    }
                });
    }

    private static Fault frozen(EtcdMember member) {
        return Fault.of(
                bed -> {
                    if (member.alive()) {
                        member.freeze();
                    }
                },
                bed -> {
                    if (member.alive()) {
                        member.thaw();
                    }
                });
    }

    private static Fault frozen(PlaneProcess plane) {
        return Fault.of(bed -> signal("STOP", plane), bed -> signal("CONT", plane));
    }

    private static void signal(String signal, PlaneProcess plane) {
        if (plane.alive()) {
            Signals.send(signal, plane);
        }
    }

    private Fault path(FaultProxy path) {
        Fault.Action harm = switch (random.nextInt(5)) {
            case 0 -> bed -> path.swallow(true);
            case 1 -> bed -> path.lose(0.05);
            case 2 -> bed -> path.throttle(10_000);
            case 3 -> bed -> path.refuse(true);
            default -> bed -> path.cut();
        };
        return Fault.of(harm, bed -> path.heal());
    }

    private static Fault slow(Testbed bed) {
        return Fault.of(
                same -> bed.etcd().proxies().forEach(path -> path.delay(Duration.ofSeconds(2))),
                same -> bed.etcd().proxies().forEach(FaultProxy::heal));
    }

    private Finding ranWell() {
        var failure = defect;
        return new Finding(
                "faults", "injected and healed", failure == null ? "were" : failure.toString(), failure == null);
    }

    @Override
    public void heal(Testbed bed) throws InterruptedException {
        stopped = true;
        if (thread != null) {
            thread.join();
        }
    }
}
