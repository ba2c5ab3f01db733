package io.suimon.controlplane.mirror;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How well the store is followed, and what of it was logged. Not thread-safe: the mirror's lock guards it. */
final class Vitals {

    private static final Logger LOG = Logger.getLogger(StoreMirror.class);

    private final Duration staleAfter;
    private final LongSupplier nanoTime;
    private String trouble = "the store was not read yet";
    private boolean logged;
    private boolean everWell;
    private @Nullable String alarm;
    private long heardAt;

    /** @param staleAfter silence after which the view counts as stale */
    Vitals(Duration staleAfter, LongSupplier nanoTime) {
        this.staleAfter = staleAfter;
        this.nanoTime = nanoTime;
        this.heardAt = nanoTime.getAsLong();
    }

    /** The store was heard, and the view is what it holds. */
    void well(MirrorView view) {
        heardAt = nanoTime.getAsLong();
        if (logged || !everWell) {
            LOG.info("The store is followed, at " + view);
        }
        everWell = true;
        trouble = "";
        logged = false;
    }

    /** What was alarming is no longer, or was accepted. */
    void calmed() {
        alarm = null;
    }

    /** The store cannot be followed. A watch that is back with the next attempt is not worth a line. */
    void troubled(String reason) {
        boolean again = !trouble.isEmpty();
        if (again && !logged) {
            LOG.warn("The store cannot be followed, the configuration stays as it is: " + reason);
            logged = true;
        }
        trouble = alarm == null ? reason : alarm;
    }

    /** The store is not what it was. */
    void alarmed(String reason, MirrorView frozen) {
        if (alarm == null) {
            LOG.error(reason + "; the configuration stays as it is at " + frozen
                    + " (expected: the store as it was, or POST /suimon/v1/store:accept)");
        }
        alarm = reason;
        trouble = reason;
        logged = true;
    }

    void closed() {
        trouble = "the mirror was closed";
        logged = true;
    }

    Optional<String> alarm() {
        return Optional.ofNullable(alarm);
    }

    Optional<String> stale() {
        if (!trouble.isEmpty()) {
            return Optional.of(trouble);
        }
        var silence = silence();
        return silence.compareTo(staleAfter) <= 0
                ? Optional.empty()
                : Optional.of("nothing heard from the store for " + silence.toSeconds() + " s");
    }

    Duration staleFor() {
        return stale().isPresent() ? silence() : Duration.ZERO;
    }

    private Duration silence() {
        return Duration.ofNanos(nanoTime.getAsLong() - heardAt);
    }
}
