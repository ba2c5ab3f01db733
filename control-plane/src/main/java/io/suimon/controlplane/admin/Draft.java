package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.resource.ResourceKey;

/** What the body of a PUT or POST asks for, before it is reviewed. */
sealed interface Draft {

    /**
     * This resource.
     *
     * @param value as written, with the id it gets
     */
    record Ready(ResourceKey key, ObjectNode value) implements Draft {}

    /** Nothing that could be reviewed. */
    record Refused(String message) implements Draft {}
}
