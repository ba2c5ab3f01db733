package io.suimon.controlplane.mirror;

import java.time.Duration;
import java.util.Optional;

/**
 * Keeps the newest {@link MirrorView} of the store: lists it, watches it, and does both again when the watch breaks.
 *
 * <p>Thread-safe. A revision of 0 in the view says that the store was not read yet. Listeners are told on the mirror's thread, in order of revision
 * (but for a store that was {@link #accept accepted}); level-triggered, so they may skip revisions.
 */
public interface Mirror {

    /** Is told that there is a newer view; must return at once. */
    @FunctionalInterface
    interface Listener {
        void advanced(MirrorView view);
    }

    /** The newest view; an empty one before the store was first read. */
    MirrorView view();

    /** Whether the view may be behind the store, and why; empty when it is live. */
    Optional<String> stale();

    /** How long the view has been stale; zero when it is live. */
    Duration staleFor();

    /**
     * Why the view is frozen; empty when it is not. It freezes at the last good state when the store turns out to be another one, to
     * have gone back in time, or to have lost too much at once; and goes on when the known store is back, or what is there is {@link
     * #accept accepted}. Nobody should write meanwhile.
     */
    Optional<String> alarm();

    /** Goes on with the store as it is, when the view is frozen; waits until it is read. */
    Acceptance accept(Duration atMost) throws InterruptedException;

    /** Waits until the view is at this revision or later. Returns whether it is. */
    boolean await(long revision, Duration atMost) throws InterruptedException;

    /** Registers a listener; it is told of the present view first. */
    void listen(Listener listener);
}
