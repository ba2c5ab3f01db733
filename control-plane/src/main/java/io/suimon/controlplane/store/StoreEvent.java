package io.suimon.controlplane.store;

/** A change of one key. */
public sealed interface StoreEvent {

    String path();

    /** The key was written. */
    record Put(StoredEntry entry) implements StoreEvent {
        @Override
        public String path() {
            return entry.path();
        }
    }

    /** The key is gone: deleted, or its lease ran out. */
    record Delete(String path) implements StoreEvent {}
}
