package io.suimon.controlplane.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.engine.resource.ResourceKey;

/** What a person wants of one resource. */
public sealed interface Change {

    ResourceKey key();

    /**
     * It becomes this.
     *
     * @param value what is to be stored; not to be changed
     */
    record Put(ResourceKey key, ObjectNode value) implements Change {

        /** What is to be stored, as bytes. */
        public byte[] json() {
            return Json.bytes(value);
        }

        @Override
        public String toString() {
            return "Put[" + key + "]";
        }
    }

    /**
     * It goes.
     *
     * @param force even if others refer to it
     */
    record Delete(ResourceKey key, boolean force) implements Change {}
}
