package io.suimon.controlplane.store;

import java.util.List;

/**
 * Everything below the store's prefix at one revision.
 *
 * @param storeId identity of the store: the cluster's id, or what the embedded store was created with
 * @param entries in key order
 */
public record StoreSnapshot(String storeId, long revision, List<StoredEntry> entries) {

    public StoreSnapshot {
        entries = List.copyOf(entries);
    }
}
