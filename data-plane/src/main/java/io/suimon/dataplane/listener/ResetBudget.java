package io.suimon.dataplane.listener;

import java.util.concurrent.TimeUnit;

/**
 * How many streams of a connection its client may give up as soon as it has begun them: within a second, so many, and as many more as
 * it let come to their end. So one that hedges or cancels calls is served, and one that only makes work is not.
 *
 * <p>A stream that was given up later than a second behind its begin costs its client a place among those it may have at a time, which
 * bounds that by itself. Touched on the connection's event loop only.
 */
final class ResetBudget {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private long since;
    private int spent;

    ResetBudget(int perSecond) {
        this.perSecond = perSecond;
    }

    /** A stream came to its end. */
    void ended(long now) {
        turn(now);
        spent--;
    }

    /**
     * A stream was given up before its response was complete.
     *
     * @param begun when it began
     * @return whether that is still to be borne
     */
    boolean givenUp(long begun, long now) {
        turn(now);
        return now - begun > SECOND || ++spent <= perSecond;
    }

    private void turn(long now) {
        if (now - since > SECOND) {
            since = now;
            spent = 0;
        }
    }
}
