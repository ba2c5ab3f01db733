package io.suimon.controlplane.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.resource.ResourceKey;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A resource of a document.
 *
 * @param value as it is stored, but with its secrets plain; not to be changed
 * @param modifiedIndex the author's number for this form of it; null for none
 */
record Item(ResourceKey key, ObjectNode value, @Nullable BigInteger modifiedIndex) {

    @Override
    public String toString() {
        return "Item[" + key + "]";
    }
}
