package io.suimon.controlplane.store;

import java.util.List;

/**
 * A durable map of keys to bytes with a revision that every transaction advances, after the model of etcd: conditional
 * transactions, history to watch, keys that expire.
 *
 * <p>Calls block (they are made on virtual threads), each no longer than the store's deadline. Thread-safe.
 */
public interface ConfigStore extends AutoCloseable {

    /** Reads everything below the prefix at one revision, in pages where it is large. */
    StoreSnapshot list() throws StoreUnavailableException;

    /** Carries out all mutations or none, provided every guard holds. */
    Commit commit(List<Guard> guards, List<Mutation> mutations);

    /**
     * Tells of every change after a revision, until the watch ends or is closed.
     *
     * @param afterRevision the last revision the watcher knows
     */
    Watch watch(long afterRevision, StoreWatcher watcher);

    /** Stops everything; watches end. */
    @Override
    void close();

    /** A watch under way. */
    interface Watch extends AutoCloseable {
        /** Ends the watch; {@link StoreWatcher#ended} is not called. */
        @Override
        void close();
    }
}
