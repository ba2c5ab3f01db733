package io.suimon.dataplane.upstream;

import java.util.concurrent.TimeUnit;

/**
 * What is left of an upstream's retries on one event loop: a share of its requests of the last {@value #SECONDS} seconds, this one
 * included, and a few in any second. Touched on that loop only; neither allocates nor asks the clock.
 */
final class RetryBudget {

    private static final int SECONDS = 10;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RetryAllowance allowance;
    private final int[] requests = new int[SECONDS];
    private final int[] retries = new int[SECONDS];
    private long requestsInAll;
    private long retriesInAll;
    private long secondEnds;
    private int second;

    RetryBudget(RetryAllowance allowance, long now) {
        this.allowance = allowance;
        this.secondEnds = now + SECOND;
    }

    /** A request begins. */
    void request(long now) {
        turn(now);
        requests[second]++;
        requestsInAll++;
    }

    /** Whether a request may be sent once more. */
    boolean allows(long now) {
        turn(now);
        return retries[second] < allowance.perSecond()
                || (retriesInAll + 1) * 100 <= requestsInAll * allowance.percent();
    }

    /** One is. */
    void retry(long now) {
        turn(now);
        retries[second]++;
        retriesInAll++;
    }

    private void turn(long now) {
        for (int passed = 0; now - secondEnds >= 0; passed++) {
            if (passed == SECONDS) {
                secondEnds = now + SECOND;
                return;
            }
            second = (second + 1) % SECONDS;
            requestsInAll -= requests[second];
            retriesInAll -= retries[second];
            requests[second] = 0;
            retries[second] = 0;
            secondEnds += SECOND;
        }
    }
}
