package io.suimon.controlplane;

import io.suimon.controlplane.admission.Admission;
import io.suimon.controlplane.mirror.Mirror;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Compiles what the store held at the start, while reads are answered already: until then no write would be, for seconds with 100,000
 * routes, and the process is not ready.
 */
@Singleton
final class Preparation {

    private static final long FIRST_REVISION = 1;

    /** A store that was not read by then is waited for again. */
    private static final Duration WAIT = Duration.ofMinutes(1);

    private final Mirror mirror;
    private final Admission admission;
    private volatile boolean over;

    Preparation(Mirror mirror, Admission admission) {
        this.mirror = mirror;
        this.admission = admission;
    }

    /** On a thread of its own, and not on a carrier of virtual ones: it computes. */
    void start() {
        Thread.ofPlatform().daemon().name("admission-prepare").start(this::prepare);
    }

    /** Whether writes need not wait any more. */
    boolean isOver() {
        return over;
    }

    private void prepare() {
        try {
            while (!mirror.await(FIRST_REVISION, WAIT)) {
                // There is nothing to compile before the first revision.
            }
            admission.prepare(mirror.view());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over = true; // whatever is wrong with it, the first write will say so
        }
    }
}
