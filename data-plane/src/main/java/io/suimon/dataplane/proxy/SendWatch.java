package io.suimon.dataplane.proxy;

import io.netty.channel.Channel;

/** Notices a client that takes nothing of what is written for it. Looked at by each tick; costs nothing in between. */
final class SendWatch {

    private final Channel channel;
    private long unsent;
    private long since;

    SendWatch(Channel channel) {
        this.channel = channel;
    }

    /** Whether something has been waiting for longer than this, and none of it was taken. */
    boolean isStuck(long now, long patience) {
        long waiting = waiting();
        if (waiting == 0 || waiting != unsent) {
            unsent = waiting;
            since = now;
            return false;
        }
        return now - since > patience;
    }

    /** Whether something that was written is not with the kernel yet. */
    boolean isSending() {
        return waiting() > 0;
    }

    /** A large buffer leaves in parts, and counts as a whole until the last of them left. */
    private long waiting() {
        var buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }
}
