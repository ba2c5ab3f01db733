package io.suimon.dataplane.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The time of one event loop. It stands still while an event is handled, so that nobody has to ask the clock twice for the same
 * moment; and one coarse tick takes the place of a timer per request: what waits is asked at each tick whether it waited too long.
 *
 * <p>A timeout is never early, and late by a tick at most. Touched on its event loop only.
 */
public final class LoopTimer {

    /** Between two ticks. */
    public static final long TICK_NANOS = 100_000_000L;

    /** What waits for something. */
    public abstract static class Waiting {
        private int index = -1;

        /** Asked once per tick. */
        protected abstract void tick(long now);
    }

    private final LongSupplier nanoTime;
    private final List<Waiting> waiting = new ArrayList<>();
    private long now;

    /** @param nanoTime the monotonic clock, in nanoseconds */
    public LoopTimer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.now = nanoTime.getAsLong();
    }

    /** When the event that is being handled came, or the work for it that took longest so far ended; on the monotonic clock. */
    public long now() {
        return now;
    }

    /** Looks at the clock: an event came, or a piece of work ended that may have taken a while. */
    public void look() {
        now = nanoTime.getAsLong();
    }

    /** The time after which something that begins now and may take so long has taken too long. */
    public long deadline(long nanos) {
        return now + nanos;
    }

    public void add(Waiting one) {
        if (one.index < 0) {
            one.index = waiting.size();
            waiting.add(one);
        }
    }

    public void remove(Waiting one) {
        int index = one.index;
        if (index < 0) {
            return;
        }
        one.index = -1;
        var last = waiting.removeLast();
        if (index < waiting.size()) {
            waiting.set(index, last);
            last.index = index;
        }
    }

    /** Asks everybody; who is asked may leave, or end others. */
    public void tick() {
        look();
        long tick = now;
        for (int i = waiting.size() - 1; i >= 0; i--) {
            if (i < waiting.size()) {
                waiting.get(i).tick(tick);
            }
        }
    }
}
