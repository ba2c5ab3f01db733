package io.suimon.dataplane.sync;

import io.suimon.engine.compile.Compiled;
import io.suimon.engine.compile.Rejection;
import io.suimon.engine.compile.Runtime;
import io.suimon.proto.StateDigest;
import java.time.Instant;
import java.util.List;

/**
 * What this node runs: one reference that requests read and the applier swaps. Any thread reads, without locks; one thread writes.
 */
public final class CurrentRuntime {

    private volatile Runtime runtime = Runtime.EMPTY;
    private volatile Applied applied = new Applied("", 0, StateDigest.EMPTY, Instant.EPOCH, List.of());

    /**
     * Which configuration that is, for people.
     *
     * @param storeId the store it came from; empty while there is no configuration
     * @param at when it was swapped in
     * @param rejections resources at their last good form
     */
    public record Applied(String storeId, long revision, StateDigest digest, Instant at, List<Rejection> rejections) {

        public Applied {
            rejections = List.copyOf(rejections);
        }
    }

    /** The runtime for a request that begins now; it is used to the end of that request. */
    public Runtime runtime() {
        return runtime;
    }

    /** Whether there ever was a configuration, from wherever. */
    public boolean loaded() {
        return !applied.storeId().isEmpty();
    }

    public Applied applied() {
        return applied;
    }

    void swap(Compiled compiled, String storeId, long revision, StateDigest digest, Instant now) {
        runtime = compiled.runtime();
        applied = new Applied(storeId, revision, digest, now, compiled.rejections());
    }

    /** The configuration is still the same at a later revision. */
    void confirm(long revision) {
        var now = applied;
        applied = new Applied(now.storeId(), revision, now.digest(), now.at(), now.rejections());
    }
}
