package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** One rule of a schema, or several that belong together. Immutable. */
@FunctionalInterface
interface Keyword {

    /**
     * Tells what is wrong with a value, and may complete it.
     *
     * @param value belongs to this look at it: members it lacks may be added
     */
    void check(JsonNode value, Place place, Findings findings);
}
