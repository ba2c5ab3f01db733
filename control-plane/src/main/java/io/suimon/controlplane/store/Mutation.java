package io.suimon.controlplane.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One write of a transaction; paths are below the store's prefix. */
public sealed interface Mutation {

    String path();

    /**
     * Writes a key.
     *
     * @param timeToLive the key disappears not before so long, and within seconds after; null means it stays, also where it was to
     *     disappear before
     */
    record Put(String path, byte[] value, @Nullable Duration timeToLive) implements Mutation {}

    /** Removes a key; removing what is not there is fine. */
    record Delete(String path) implements Mutation {}

    /** Removes every key that begins with this path. */
    record DeletePrefix(String path) implements Mutation {}
}
