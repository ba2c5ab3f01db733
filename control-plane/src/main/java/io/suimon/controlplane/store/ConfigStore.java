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

    /**
     * Carries out all mutations or none, provided every guard holds. A transaction that changes something advances the revision by
     * one; one that only deletes what is not there leaves it.
     *
     * @throws IllegalArgumentException for what {@link Transaction} refuses
     */
    Commit commit(List<Guard> guards, List<Mutation> mutations);

    /**
     * Tells of every change from a revision on, until the watch ends or is closed. Returns at once, also when the store cannot be
     * reached: then the watch ends with a reason.
     */
    Watch watch(WatchStart start, StoreWatcher watcher);

    /** How each of its addresses is, in the order they are set in; empty for a store that has none. */
    List<EndpointHealth> endpoints();

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
