package io.suimon.controlplane.secret;

import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Says what becomes of references and secret managers: a line per change of state, never a value. Many at a time get no line each: past
 * {@value #LINES} a minute, the next one says how many were left out. One thread.
 */
final class SecretLog {

    private static final Logger LOG = Logger.getLogger(SecretLog.class);

    private static final int LINES = 20;
    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    private long windowBegan;
    private int written;
    private long leftOut;

    void changed(KnownSecret secret, long now) {
        switch (secret.state()) {
            case PENDING -> {}
            case RESOLVED -> line(Logger.Level.INFO, now, secret.text + " is resolved");
            case STALE ->
                line(Logger.Level.WARN, now, secret.text + ": its last value stays in use: " + secret.reason());
            case FAILED -> line(Logger.Level.WARN, now, secret.text + " is not resolved: " + secret.reason());
        }
    }

    void unreachable(String manager, String reason) {
        LOG.warnf("secrets/%s %s; values that are known stay in use", manager, reason);
    }

    void reachable(String manager) {
        LOG.infof("secrets/%s answers again", manager);
    }

    private void line(Logger.Level level, long now, String text) {
        if (written == 0 || now - windowBegan > WINDOW_NANOS) {
            windowBegan = now;
            written = 0;
        }
        if (written >= LINES) {
            leftOut++;
            return;
        }
        written++;
        LOG.log(level, leftOut == 0 ? text : text + " (" + leftOut + " lines like this were left out)");
        leftOut = 0;
    }
}
