package io.suimon.controlplane.stream;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** When this process reached each of the last revisions. Not thread-safe; the registry's lock guards it. */
final class HeadTimes {

    private static final int LIMIT = 1000;

    private final TreeMap<Long, Instant> reached = new TreeMap<>();

    void reached(long revision, Instant now) {
        if (!reached.isEmpty() && revision < reached.lastKey()) {
            reached.clear(); // another store, or an old state of this one
        }
        reached.putIfAbsent(revision, now);
        if (reached.size() > LIMIT) {
            reached.pollFirstEntry();
        }
    }

    /** 0 before the store was read. */
    long head() {
        return reached.isEmpty() ? 0 : reached.lastKey();
    }

    /** Since when somebody at this revision has been behind, as far back as is known; empty when he is not. */
    Optional<Instant> behindSince(long revision) {
        return Optional.ofNullable(reached.higherEntry(revision)).map(java.util.Map.Entry::getValue);
    }
}
