package io.suimon.engine.resource;

/** Reads a resource's JSON. Immutable, used by any thread. */
public final class ResourceParser {

    /** Parses JSON text in UTF-8 into the record of the key's kind; says every violation of its schema. */
    public Parsed parse(ResourceKey key, byte[] json) {
        throw new UnsupportedOperationException();
    }
}
