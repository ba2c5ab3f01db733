package io.suimon.controlplane.store;

/**
 * Where a watch begins to tell.
 *
 * @param storeId the store the watcher knows; the watch of another one ends at once
 * @param knownRevision the newest revision the watcher knows; the watch of a store that is not there yet ends at once
 * @param afterRevision the last revision that is not to be told; at most the known one
 */
public record WatchStart(String storeId, long knownRevision, long afterRevision) {

    public WatchStart {
        if (afterRevision > knownRevision) {
            throw new IllegalArgumentException(
                    "afterRevision: " + afterRevision + " (expected: at most " + knownRevision + ")");
        }
    }

    /** Tells what is new to a watcher who knows the store up to this revision. */
    public static WatchStart behind(String storeId, long revision) {
        return new WatchStart(storeId, revision, revision);
    }
}
