package io.suimon.dataplane.discovery;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people how services stand: one line per change, and of all services together {@value #MAX_LINES} in {@value #SECONDS} s; the
 * lines left out are counted in the next one. Thread-safe.
 */
final class StateLines {

    private static final Logger LOG = LoggerFactory.getLogger(StateLines.class);

    private static final long SECONDS = 10;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(SECONDS);

    static final int MAX_LINES = 50;

    private final LongSupplier nanoTime;
    private long windowEnd;
    private int lines;
    private long hidden;

    /** @param nanoTime the monotonic clock, in nanoseconds */
    StateLines(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.windowEnd = nanoTime.getAsLong() + WINDOW_NANOS;
    }

    /** Something got worse. */
    void warn(String line) {
        int notShown = takeTurn();
        if (notShown >= 0) {
            LOG.warn("{}{}", line, suffix(notShown));
        }
    }

    /** Something is as it should be. */
    void say(String line) {
        int notShown = takeTurn();
        if (notShown >= 0) {
            LOG.info("{}{}", line, suffix(notShown));
        }
    }

    private static String suffix(int notShown) {
        return notShown == 0 ? "" : " (" + notShown + " lines not shown before)";
    }

    /** How many lines were not shown before this one; negative where this one is not, either. */
    synchronized int takeTurn() {
        long now = nanoTime.getAsLong();
        if (now - windowEnd >= 0) {
            windowEnd = now + WINDOW_NANOS;
            lines = 0;
        }
        if (++lines > MAX_LINES) {
            hidden++;
            return -1;
        }
        int before = (int) Math.min(hidden, Integer.MAX_VALUE);
        hidden = 0;
        return before;
    }
}
