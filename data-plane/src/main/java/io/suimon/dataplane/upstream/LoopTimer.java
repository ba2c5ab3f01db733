package io.suimon.dataplane.upstream;

import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The time of one event loop. It stands still while an event is handled, so that nobody has to ask the clock twice for the same
 * moment; and one coarse tick takes the place of a timer per request: what waits is asked whether it waited too long, at each tick, or
 * not before a time that it named. Whoever rests so costs a tick nothing, as ten thousand idle connections do.
 *
 * <p>A timeout is never early, and late by a tick at most. Touched on its event loop only.
 */
public final class LoopTimer {

    /** Between two ticks. */
    public static final long TICK_NANOS = 100_000_000L;

    /** What who waits for nothing but an event answers. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int SLOTS = 1024; // of a tick each; who rests for longer is asked once in between
    private static final long AWAKE = Long.MIN_VALUE;

    /** What waits for something. */
    public abstract static class Waiting {
        private @Nullable Chain chain;
        private @Nullable Waiting before;
        private @Nullable Waiting behind;
        private long restsUntil = AWAKE;

        /**
         * Asked at a tick.
         *
         * @return before when there is nothing to ask; now, or any time that has passed, to be asked at the next tick
         */
        protected abstract long tick(long now);
    }

    /** Some of those who wait, chained through themselves: one comes and goes without a search, and without garbage. */
    private static final class Chain {
        private @Nullable Waiting first;

        void take(Waiting one) {
            leave(one);
            one.chain = this;
            one.behind = first;
            if (first != null) {
                first.before = one;
            }
            first = one;
        }

        static void leave(Waiting one) {
            var from = one.chain;
            if (from == null) {
                return;
            }
            if (one.before == null) {
                from.first = one.behind;
            } else {
                one.before.behind = one.behind;
            }
            if (one.behind != null) {
                one.behind.before = one.before;
            }
            one.chain = null;
            one.before = null;
            one.behind = null;
        }
    }

    private final LongSupplier nanoTime;
    private final long start;
    private final Chain[] resting = Stream.generate(Chain::new).limit(SLOTS).toArray(Chain[]::new);
    private final Chain forEver = new Chain();
    private Chain awake = new Chain();
    private Chain asking = new Chain();
    private long slot;
    private long now;

    /** @param nanoTime the monotonic clock, in nanoseconds */
    public LoopTimer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.now = start;
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

    /** One more to be asked, from the next tick on. */
    public void add(Waiting one) {
        if (one.chain == null) {
            awake.take(one);
        }
    }

    /** Nobody is to be asked any more. */
    public void remove(Waiting one) {
        one.restsUntil = AWAKE;
        Chain.leave(one);
    }

    /** Whatever it answered, it is to be asked at the next tick. */
    public void wake(Waiting one) {
        if (one.restsUntil != AWAKE) {
            one.restsUntil = AWAKE;
            awake.take(one);
        }
    }

    /** What it answered holds no longer: it is to be asked when this time has come. */
    void wake(Waiting one, long time) {
        if (one.restsUntil > time) {
            wake(one);
        }
    }

    /** Asks who is to be asked; they may leave, end others, and let new ones come. */
    public void tick() {
        look();
        long tick = now;
        rouse(slotOf(tick));
        var all = awake;
        awake = asking;
        asking = all;
        for (var one = all.first; one != null; one = all.first) {
            awake.take(one);
            long next = one.tick(tick);
            if (one.chain == awake) {
                rest(one, next, tick);
            }
        }
    }

    private void rouse(long until) {
        for (long past = Math.max(slot + 1, until - SLOTS + 1); past <= until; past++) {
            var due = resting[(int) (past % SLOTS)];
            for (var one = due.first; one != null; one = due.first) {
                wake(one);
            }
        }
        slot = until;
    }

    private void rest(Waiting one, long next, long tick) {
        if (next == NEVER) {
            one.restsUntil = next;
            forEver.take(one);
        } else if (next - tick >= TICK_NANOS) {
            one.restsUntil = next;
            resting[(int) (Math.min(slotOf(next), slot + SLOTS - 1) % SLOTS)].take(one);
        }
    }

    private long slotOf(long time) {
        return (time - start) / TICK_NANOS;
    }
}
