package io.suimon.chaos;

import io.suimon.harness.EtcdMember;
import io.suimon.harness.FaultProxy;
import io.suimon.harness.PlaneProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Faults drawn at random, one or two at a time, for as long as asked; what must hold through all of them is judged at the end. The
 * same seed draws the same faults.
 */
final class RandomFaults implements Fault {

    /** The share of bytes that a path loses. */
    private static final double LOSS = 0.05;

    /** Bytes per second that a path lets through. */
    private static final int NARROW = 10_000;

    private final long seed;
    private final Duration lasts;
    /** Written by the thread of the faults, read when it has ended or gave up. */
    private final List<String> journal = new CopyOnWriteArrayList<>();

    private volatile boolean stopped;
    private volatile @Nullable Exception defect;
    private @Nullable Thread thread;

    private RandomFaults(long seed, Duration lasts) {
        this.seed = seed;
        this.lasts = lasts;
    }

    static Experiment experiment(long seed, Duration lasts) {
        var faults = new RandomFaults(seed, lasts);
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
        var draw = new RandomDraw(
                new SplittableRandom(seed),
                bed.etcd().members().size(),
                bed.controlPlanes().size());
        long began = System.nanoTime();
        try {
            for (var round : draw.rounds(lasts)) {
                if (stopped) {
                    break; // injecting and healing take their time, too
                }
                journal.add(
                        String.format(Locale.ROOT, "at %.1f s %s", (System.nanoTime() - began) / 1e9, round.summary()));
                suffer(round, bed);
                rest(round.rest());
            }
        } catch (IOException | RuntimeException e) {
            defect = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            defect = e;
        }
    }

    /** Whatever goes wrong meanwhile, nothing stays as it was made: a process that is asleep would be so for ever. */
    private void suffer(RandomDraw.Round round, Testbed bed) throws IOException, InterruptedException {
        var drawn = round.faults().stream().map(each -> fault(each, bed)).toList();
        try {
            for (var fault : drawn) {
                fault.inject(bed);
            }
            rest(round.held());
        } finally {
            for (var fault : drawn) {
                fault.heal(bed);
            }
        }
    }

    private void rest(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        for (long left = until - System.nanoTime(); left > 0 && !stopped; left = until - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, 50_000_000));
        }
    }

    private static Fault fault(RandomDraw.Drawn drawn, Testbed bed) {
        int target = drawn.target();
        return switch (drawn.kind()) {
            case ETCD_KILLED -> killed(bed.etcd().members().get(target));
            case ETCD_FROZEN -> frozen(bed.etcd().members().get(target));
            case ETCD_SILENT -> path(bed.etcd().proxies().get(target), path -> path.swallow(true));
            case ETCD_LOSSY -> path(bed.etcd().proxies().get(target), path -> path.lose(LOSS));
            case ETCD_NARROW -> path(bed.etcd().proxies().get(target), path -> path.throttle(NARROW));
            case ETCD_REFUSED -> path(bed.etcd().proxies().get(target), path -> path.refuse(true));
            case ETCD_CUT -> path(bed.etcd().proxies().get(target), FaultProxy::cut);
            case ETCD_SLOW -> slow(bed);
            case STREAM_SILENT -> path(bed.streamPaths().get(target), path -> path.swallow(true));
            case STREAM_LOSSY -> path(bed.streamPaths().get(target), path -> path.lose(LOSS));
            case STREAM_NARROW -> path(bed.streamPaths().get(target), path -> path.throttle(NARROW));
            case STREAM_REFUSED -> path(bed.streamPaths().get(target), path -> path.refuse(true));
            case STREAM_CUT -> path(bed.streamPaths().get(target), FaultProxy::cut);
            case CONTROL_PLANE_KILLED -> killed(bed.controlPlanes().get(target));
            case CONTROL_PLANE_FROZEN -> frozen(bed.controlPlanes().get(target));
        };
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

    private static Fault path(FaultProxy path, Consumer<FaultProxy> harm) {
        return Fault.of(bed -> harm.accept(path), bed -> path.heal());
    }

    private static Fault slow(Testbed bed) {
        return Fault.of(
                same -> bed.etcd().proxies().forEach(path -> path.delay(Duration.ofSeconds(2))),
                same -> bed.etcd().proxies().forEach(FaultProxy::heal));
    }

    private Finding ranWell() {
        var failure = defect;
        var told = journal.size() + " times: " + String.join("; ", journal);
        return new Finding(
                "faults",
                "injected and healed",
                failure == null ? told : told + "; then " + failure,
                failure == null && !journal.isEmpty());
    }

    @Override
    public void heal(Testbed bed) throws InterruptedException {
        stopped = true;
        if (thread != null) {
            thread.join();
        }
    }
}
