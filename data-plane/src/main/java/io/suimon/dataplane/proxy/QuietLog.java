package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.ResourceKey;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what a client or a plugin could make happen over and over: at most one line per interval, with the number of those not shown. */
final class QuietLog {

    private static final Logger LOG = LoggerFactory.getLogger(QuietLog.class);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private long quietUntil = Long.MIN_VALUE;
    private long hidden;

    /** Something broke. */
    void failed(String what, Throwable failure, long now) {
        if (mayLog(now)) {
            LOG.error("{} failed ({} lines not shown before)", what, hidden, failure);
            hidden = 0;
        }
    }

    /** Something cannot be done. */
    void refused(String what, long now) {
        if (mayLog(now)) {
            LOG.warn("{} ({} lines not shown before)", what, hidden);
            hidden = 0;
        }
    }

    /** An upstream's retry budget is spent. */
    void denied(ResourceKey upstream, long now) {
        if (mayLog(now)) {
            LOG.warn("{}: the retry budget is spent ({} lines not shown before)", upstream, hidden);
            hidden = 0;
        }
    }

    private boolean mayLog(long now) {
        if (now < quietUntil) {
            hidden++;
            return false;
        }
        quietUntil = now + INTERVAL_NANOS;
        return true;
    }
}
