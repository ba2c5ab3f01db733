package io.suimon.controlplane.store;

/** A change of one key. */
public sealed interface StoreEvent {

    String path();

    /** The store's revision that changed it. */
    long revision();

    /** The key was written. */
    record Put(StoredEntry entry) implements StoreEvent {
        @Override
        public String path() {
            return entry.path();
        }

        @Override
        public long revision() {
            return entry.modRevision();
        }
    }

    /** The key is gone: deleted, or its lease ran out. */
    record Delete(String path, long revision) implements StoreEvent {}
}
