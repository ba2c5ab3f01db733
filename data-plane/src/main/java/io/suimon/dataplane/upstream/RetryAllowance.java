package io.suimon.dataplane.upstream;

/**
 * How many of its requests one event loop may send to an upstream a second time.
 *
 * @param percent of the requests of the last ten seconds
 * @param perSecond in any second, however few requests there are
 */
public record RetryAllowance(int percent, int perSecond) {

    public RetryAllowance {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("percent: " + percent + " (expected: 0..100)");
        }
        if (perSecond < 0) {
            throw new IllegalArgumentException("min-per-second: " + perSecond + " (expected: at least 0)");
        }
    }

    /**
     * The share of one of several event loops; one per second at least, where there are any: clients with few requests may all be on one
     * loop.
     */
    public RetryAllowance perLoop(int loops) {
        return new RetryAllowance(percent, (perSecond + loops - 1) / loops);
    }
}
