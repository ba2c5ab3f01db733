package io.suimon.controlplane.store;

import java.util.Arrays;

/**
 * One key of the store with its value.
 *
 * @param path below the store's prefix, without leading slash: {@code routes/1}
 * @param createRevision when the key came to be
 * @param modRevision when it was last written
 * @param value the bytes as stored; not to be changed
 */
public record StoredEntry(String path, long createRevision, long modRevision, byte[] value) {

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredEntry that
                && path.equals(that.path)
                && createRevision == that.createRevision
                && modRevision == that.modRevision
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return path.hashCode() * 31 + Long.hashCode(modRevision);
    }

    @Override
    public String toString() {
        return path + "@" + modRevision;
    }
}
