package io.suimon.dataplane.health;

import io.netty.channel.EventLoop;
import io.suimon.dataplane.upstream.LoopTimer;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Drives the schedule and the deadlines of probes while there are any; stands still while there are none. */
final class ProbeClock {

    private static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(1) / ProbeSchedule.SLOTS;

    private final EventLoop loop;
    private final LoopTimer timer;
    private final ProbeSchedule schedule;
    private final Prober prober;
    private @Nullable ScheduledFuture<?> ticking;
    private long slotEnd;
    private long tickEnd;

    ProbeClock(EventLoop loop, LoopTimer timer, ProbeSchedule schedule, Prober prober) {
        this.loop = loop;
        this.timer = timer;
        this.schedule = schedule;
        this.prober = prober;
    }

    /** There may be something to probe. */
    void start() {
        if (ticking == null && !schedule.isEmpty()) {
            timer.look();
            slotEnd = timer.now();
            tickEnd = slotEnd + LoopTimer.TICK_NANOS;
            ticking = loop.scheduleAtFixedRate(this::tick, SLOT_NANOS, SLOT_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void tick() {
        timer.look();
        long now = timer.now();
        if (now - tickEnd >= 0) {
            tickEnd = now + LoopTimer.TICK_NANOS;
            timer.tick();
        }
        // Turns that were missed are made up for, but not more than a second's worth.
        slotEnd = Math.max(slotEnd, now - TimeUnit.SECONDS.toNanos(1));
        while (now - slotEnd >= SLOT_NANOS) {
            slotEnd += SLOT_NANOS;
            schedule.turn();
        }
        if (schedule.isEmpty() && prober.isIdle()) {
            stop();
        }
    }

    void stop() {
        if (ticking != null) {
            ticking.cancel(false);
            ticking = null;
        }
    }
}
