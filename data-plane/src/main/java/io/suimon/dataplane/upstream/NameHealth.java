package io.suimon.dataplane.upstream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Which names no server answers for, over all event loops: each is told of once when that begins and once when it ends, whatever the
 * number of requests. Thread-safe.
 */
public final class NameHealth {

    private static final Logger LOG = Logger.getLogger(NameHealth.class);

    /** Beyond so many names a failure is only counted. */
    private static final int MAX_TOLD = 100;

    private final Map<String, Boolean> failing = new ConcurrentHashMap<>();
    private final LongAdder failures = new LongAdder();
    private final LongAdder stale = new LongAdder();

    /** No server answered. */
    void failed(String name, Throwable why) {
        failures.increment();
        if (failing.size() < MAX_TOLD && failing.putIfAbsent(name, true) == null) {
            LOG.warnf(
                    "%s is not resolved, addresses known before are used while there are any: %s",
                    name, why.getMessage());
        }
    }

    /** A server answered, be it that there is no such name. */
    void answered(String name) {
        if (!failing.isEmpty() && failing.remove(name) != null) {
            LOG.infof("%s is resolved again", name);
        }
    }

    /** An address known before was used. */
    void usedStale() {
        stale.increment();
    }

    /** Lookups that no server answered. */
    public long failures() {
        return failures.sum();
    }

    /** Lookups for which addresses known before were used. */
    public long stale() {
        return stale.sum();
    }
}
