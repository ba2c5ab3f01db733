package io.suimon.dataplane.upstream;

import java.util.ArrayList;
import java.util.List;

/**
 * One coarse tick per event loop in place of a timer per request: what waits is asked at each tick whether it waited too long.
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

    private final List<Waiting> waiting = new ArrayList<>();
    private long now;

    public LoopTimer(long now) {
        this.now = now;
    }

    /** The time of the last tick, in nanoseconds of the monotonic clock. */
    public long now() {
        return now;
    }

    /** The time after which something that begins now and may take so long has taken too long. */
    public long deadline(long nanos) {
        return now + nanos + TICK_NANOS;
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
    public void tick(long nanoTime) {
        now = nanoTime;
        for (int i = waiting.size() - 1; i >= 0; i--) {
            if (i < waiting.size()) {
                waiting.get(i).tick(nanoTime);
            }
        }
    }
}
