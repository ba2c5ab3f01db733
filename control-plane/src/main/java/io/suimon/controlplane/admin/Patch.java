package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.engine.resource.ResourceParser;
import java.util.List;

/** A change of a part of an object: a recursive merge, or a value at a path. */
sealed interface Patch {

    /** What applying a patch comes to. */
    sealed interface Result {
        record Patched(ObjectNode value) implements Result {}

        record Refused(String message) implements Result {}
    }

    /** Applies this to a copy. */
    Result apply(ObjectNode original);

    /**
     * Objects merge member by member, {@code null} removes a member, everything else replaces.
     */
    record Merge(ObjectNode with) implements Patch {

        @Override
        public Result apply(ObjectNode original) {
            var merged = original.deepCopy();
            merge(merged, with);
            return new Result.Patched(merged);
        }

        private static void merge(ObjectNode into, ObjectNode patch) {
            for (var member : patch.properties()) {
                var name = member.getKey();
                var value = member.getValue();
                if (value.isNull()) {
                    into.remove(name);
                } else if (value instanceof ObjectNode object) {
                    var merged = into.get(name) instanceof ObjectNode existing ? existing : Json.newObject();
                    merge(merged, object);
                    into.set(name, merged);
                } else {
                    into.set(name, value.deepCopy());
                }
            }
        }
    }

    /**
     * A value takes the place of what is at a path; objects that are missing on the way are made.
     *
     * @param path never empty
     */
    record Replace(List<String> path, JsonNode with) implements Patch {

        public Replace {
            path = List.copyOf(path);
        }

        @Override
        public Result apply(ObjectNode original) {
            int depth = path.size() + depth(with);
            if (depth > ResourceParser.MAX_DEPTH) {
                return new Result.Refused("invalid sub-path: it and the value are " + depth
                        + " levels deep (expected: at most " + ResourceParser.MAX_DEPTH + ")");
            }
            var patched = original.deepCopy();
            var parent = patched;
            for (var segment : path.subList(0, path.size() - 1)) {
                var child = parent.get(segment);
                if (child != null && !child.isContainerNode()) {
                    return new Result.Refused("invalid sub-path: /" + String.join("/", path));
                }
                var table = child == null ? Json.newObject() : table(child);
                parent.set(segment, table);
                parent = table;
            }
            parent.set(path.getLast(), with.deepCopy());
            return new Result.Patched(patched);
        }

        private static int depth(JsonNode value) {
            int deepest = 0;
            for (var child : value) {
                deepest = Math.max(deepest, depth(child));
            }
            return value.isContainerNode() ? deepest + 1 : 0;
        }

        /** Keys of a path are text: setting one in an array makes it an object, which its schema then refuses. */
        private static ObjectNode table(JsonNode container) {
            if (container instanceof ObjectNode object) {
                return object;
            }
            var table = Json.newObject();
            for (int i = 0; i < container.size(); i++) {
                table.set(Integer.toString(i + 1), container.get(i));
            }
            return table;
        }
    }
}
