package io.suimon.engine.http;

/**
 * When and how much. Nanoseconds of the process's monotonic clock, bytes on the wire; 0 for what is not known yet.
 *
 * <p>Written by the proxy on the exchange's event loop.
 */
public final class Timing {

    public long startNanos;
    public long endNanos;

    /** Milliseconds since the epoch at the start. */
    public long startMillis;

    public long requestBytes;
    public long responseBytes;
    public long responseBodyBytes;

    /** Requests on this connection so far, this one included. */
    public long connectionRequests;

    void reset() {
        startNanos = 0;
        endNanos = 0;
        startMillis = 0;
        requestBytes = 0;
        responseBytes = 0;
        responseBodyBytes = 0;
        connectionRequests = 0;
    }
}
