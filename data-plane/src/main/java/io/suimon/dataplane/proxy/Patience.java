package io.suimon.dataplane.proxy;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** Whether a client is too slow, in taking what is sent or in sending what is wanted. Looked at by each tick, on the event loop. */
final class Patience {

    private final SendWatch sending;
    private final RateWatch rate;
    private final long sendNanos;

    Patience(Channel channel, ProxySettings settings) {
        sending = new SendWatch(channel);
        rate = new RateWatch(settings.bodies().minRate(), settings.bodies().rateNanos());
        sendNanos = settings.times().send();
    }

    /**
     * What the client is too slow in; null while it is not.
     *
     * @param wanted whether a body is waited for
     * @param bytes of the request so far
     */
    @Nullable
    Refusal lost(long now, boolean wanted, long bytes) {
        if (sending.isStuck(now, sendNanos)) {
            return Refusal.SEND_TIMEOUT;
        }
        return rate.isTooSlow(now, wanted, bytes) ? Refusal.BODY_RATE : null;
    }

    /** Whether something that was written is not with the kernel yet. */
    boolean isSending() {
        return sending.isSending();
    }
}
