package io.suimon.controlplane.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/**
 * Texts of a JSON tree by the names that lead to them: {@code brokers.sasl_config.password}. Arrays on the way mean each of their
 * elements; at the end may be a text, an array of texts or an object of texts. Immutable.
 */
record FieldPath(String name, List<String> segments) {

    FieldPath {
        segments = List.copyOf(segments);
    }

    static FieldPath parse(String dotted) {
        return new FieldPath(dotted, List.of(dotted.split("\\.", -1)));
    }

    /** Changes the texts in the tree itself; what is not there, or no text, stays as it is. */
    void edit(ObjectNode tree, TextEdit edit) {
        edited(tree, 0, edit);
    }

    /** Takes what is there out of the tree itself, whatever it is. */
    void remove(ObjectNode tree) {
        remove(tree, 0);
    }

    private void remove(JsonNode node, int depth) {
        if (node instanceof ArrayNode array) {
            array.forEach(element -> remove(element, depth));
        } else if (node instanceof ObjectNode object && depth == segments.size() - 1) {
            object.remove(segments.get(depth));
        } else if (node instanceof ObjectNode object) {
            remove(object.path(segments.get(depth)), depth + 1);
        }
    }

    private JsonNode edited(JsonNode node, int depth, TextEdit edit) {
        if (depth == segments.size()) {
            return leaf(node, edit);
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, edited(array.get(i), depth, edit));
            }
        } else if (node instanceof ObjectNode object) {
            var member = object.get(segments.get(depth));
            if (member != null) {
                object.set(segments.get(depth), edited(member, depth + 1, edit));
            }
        }
        return node;
    }

    private JsonNode leaf(JsonNode node, TextEdit edit) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, text(array.get(i), edit));
            }
            return array;
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> member.setValue(text(member.getValue(), edit)));
            return object;
        }
        return text(node, edit);
    }

    private JsonNode text(JsonNode node, TextEdit edit) {
        return node.isTextual() ? TextNode.valueOf(edit.apply(name, node.textValue())) : node;
    }
}
