package io.suimon.dataplane.directory;

import com.unboundid.ldap.sdk.LDAPException;
import io.suimon.engine.directory.DirectoryAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Says that directories fail: at most one line per interval, as every request could make one. Directories' own words are not
 * repeated, as they may be about users. Thread-safe.
 */
final class DirectoryLog {

    private static final Logger LOG = Logger.getLogger(DirectoryLog.class);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoTime;
    private final AtomicLong quietUntil;
    private final LongAdder failures = new LongAdder();

    DirectoryLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.quietUntil = new AtomicLong(nanoTime.getAsLong());
    }

    void failed(DirectoryAddress address, LDAPException failure) {
        failures.increment();
        long now = nanoTime.getAsLong();
        long until = quietUntil.get();
        if (now - until >= 0 && quietUntil.compareAndSet(until, now + INTERVAL_NANOS)) {
            LOG.warnf(
                    "directory %s:%d: %s (%d logins failed so far)",
                    address.host(), address.port(), failure.getResultCode(), failures.sum());
        }
    }

    /** Logins on which a directory had nothing to say. */
    long failures() {
        return failures.sum();
    }
}
