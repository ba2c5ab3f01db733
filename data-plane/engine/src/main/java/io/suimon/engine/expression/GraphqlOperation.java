package io.suimon.engine.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first operation of a GraphQL document.
 *
 * @param type {@code query}, {@code mutation} or {@code subscription}
 * @param name empty when it has none
 * @param rootFields the names of its outermost fields, in order, not their aliases
 */
record GraphqlOperation(String type, String name, List<String> rootFields) {

    GraphqlOperation {
        rootFields = List.copyOf(rootFields);
    }

    /** Reads a document; null when it is malformed or has no operation. */
    static @Nullable GraphqlOperation parse(String document) {
        return new GraphqlReader(document).firstOperation();
    }
}
