package io.suimon.dataplane.proxy;

import io.netty.channel.Channel;

/** Sees whether a client takes something of what is written. For one connection, on its event loop. */
final class SendWatch {

    private long unsent;
    private long unsentSince;

    /** Asked from time to time: whether the client took nothing for so long, though there is something. */
    boolean stalled(Channel channel, long now, long patience) {
        var buffer = channel.unsafe().outboundBuffer();
        long waiting = buffer == null ? 0 : buffer.totalPendingWriteBytes();
        if (waiting == 0 || waiting != unsent) {
            unsent = waiting;
            unsentSince = now;
            return false;
        }
        return now - unsentSince > patience;
    }
}
