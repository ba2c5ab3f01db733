package io.suimon.engine.http;

import java.net.InetSocketAddress;

/**
 * One try at an endpoint. Times are in nanoseconds since the try began, -1 for what did not happen.
 *
 * <p>Written by the proxy on the exchange's event loop. Like its exchange it is used again: who keeps something of it takes values.
 */
public final class UpstreamAttempt {

    public InetSocketAddress address;

    /** As configured: the node's host before any look-up. */
    public String host;

    public int status;
    public long connectNanos = -1;
    public long headerNanos = -1;
    public long totalNanos = -1;
    public long responseBytes;

    public UpstreamAttempt(InetSocketAddress address, String host) {
        this.address = address;
        this.host = host;
    }

    /** Forgets everything, for another try. */
    public void reset(InetSocketAddress address, String host) {
        this.address = address;
        this.host = host;
        status = 0;
        connectNanos = -1;
        headerNanos = -1;
        totalNanos = -1;
        responseBytes = 0;
    }
}
