package io.suimon.dataplane.proxy;

/** Notices a body that comes too slowly. Looked at by each tick; costs nothing in between. */
final class RateWatch {

    private final long minBytes;
    private final long windowNanos;
    private boolean watching;
    private long since;
    private long before;

    /**
     * @param minRate bytes per second; 0 is any
     * @param windowNanos over how long it is taken
     */
    RateWatch(int minRate, long windowNanos) {
        this.minBytes = (long) (minRate * (windowNanos / 1e9));
        this.windowNanos = windowNanos;
    }

    /**
     * Whether too little came since the window began.
     *
     * @param wanted whether more is waited for; the window begins anew when it was not
     * @param bytes that came so far
     */
    boolean isTooSlow(long now, boolean wanted, long bytes) {
        boolean goesOn = watching && wanted && minBytes > 0;
        watching = wanted;
        if (goesOn && now - since < windowNanos) {
            return false;
        }
        boolean slow = goesOn && bytes - before < minBytes;
        since = now;
        before = bytes;
        return slow;
    }
}
