package io.suimon.dataplane.sync;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Knows how long a control plane has said nothing, and when that is too long. One thread uses it. */
final class SilenceWatch {

    /** Looks within the limit. */
    private static final int LOOKS = 10;

    private final Duration limit;
    private final LongSupplier clock;
    private long heardAt;

    /** @param clock monotonic, in nanoseconds */
    SilenceWatch(Duration limit, LongSupplier clock) {
        this.limit = limit;
        this.clock = clock;
        this.heardAt = clock.getAsLong();
    }

    /** How often to look, so that no silence lasts longer than the limit. */
    static Duration pause(Duration limit) {
        return Duration.ofMillis(Math.max(1, limit.toMillis() / LOOKS));
    }

    /** Something was said just now. */
    void heard() {
        heardAt = clock.getAsLong();
    }

    /** Whether to give up now: at the next look it would be too late. */
    boolean tooLong() {
        return clock.getAsLong() - heardAt > limit.dividedBy(LOOKS).toNanos() * (LOOKS - 1);
    }

    Duration limit() {
        return limit;
    }
}
