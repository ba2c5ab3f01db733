package io.suimon.dataplane.proxy;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs filters that threw: the first, then at most one per interval with the number of those not shown. */
final class FilterFailures {

    private static final Logger LOG = LoggerFactory.getLogger(FilterFailures.class);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private long quietUntil = Long.MIN_VALUE;
    private long hidden;

    void report(String what, Throwable failure, long now) {
        if (now < quietUntil) {
            hidden++;
            return;
        }
        LOG.error("{} failed ({} more like it since the last line)", what, hidden, failure);
        hidden = 0;
        quietUntil = now + INTERVAL_NANOS;
    }
}
