package io.suimon.controlplane.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document in which nothing is wrong. Immutable.
 *
 * @param versions of the directories that have one
 * @param items of the directories that are there; none for plugins
 * @param plugins as written; null when they are not there
 */
record Document(
        Map<Directory, BigDecimal> versions,
        Map<Directory, List<Item>> items,
        @Nullable ArrayNode plugins) {

    Document {
        versions = Map.copyOf(versions);
        items = Map.copyOf(items);
    }
}
