package io.suimon.engine.resource;

/**
 * One resource as it lies in the store and travels to the nodes: the very bytes a person gets back, and when they were written.
 *
 * @param createRevision the store's revision when the key came to be
 * @param modRevision the store's revision when it was last written
 * @param json the JSON text in UTF-8, decrypted; shared, so nobody writes to it
 */
public record StoredResource(ResourceKey key, long createRevision, long modRevision, byte[] json) {

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredResource that
                && key.equals(that.key)
                && createRevision == that.createRevision
                && modRevision == that.modRevision
                && java.util.Arrays.equals(json, that.json);
    }

    @Override
    public int hashCode() {
        return key.hashCode() * 31 + Long.hashCode(modRevision);
    }

    @Override
    public String toString() {
        return key + "@" + modRevision;
    }
}
