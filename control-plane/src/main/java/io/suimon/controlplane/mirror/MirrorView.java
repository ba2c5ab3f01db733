package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.EntryTree;
import io.suimon.controlplane.store.StoredEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The store at one revision, as far as this process has seen it. Immutable; any number of threads read it, and a reader that takes
 * one keeps a consistent picture.
 */
public interface MirrorView {

    /** The revision this is; 0 before the store was read for the first time. */
    long revision();

    /** Identity of the store this was read from; empty before the first time. */
    String storeId();

    /** The entry at a path below the prefix, or null. */
    default @Nullable StoredEntry get(String path) {
        return entries().get(path);
    }

    /** All entries whose path begins with this, in key order. */
    default List<StoredEntry> range(String pathPrefix) {
        return entries().range(pathPrefix);
    }

    /** All of them, by path. */
    EntryTree entries();

    /** The same with the secrets in its values decrypted: what is reviewed, and what nodes get. Never what people are shown. */
    MirrorView plain();
}
