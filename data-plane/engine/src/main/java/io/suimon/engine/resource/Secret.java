package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Access to a secret manager.
 *
 * @param key its id is {@code manager/id}
 * @param settings with defaults; holds credentials, so it never prints
 */
public record Secret(ResourceKey key, ObjectNode settings) implements Resource {

    /** {@code vault}, {@code aws} or {@code gcp}. */
    public String manager() {
        return key.parentId();
    }

    @Override
    public String toString() {
        return "Secret[" + key + "]";
    }
}
