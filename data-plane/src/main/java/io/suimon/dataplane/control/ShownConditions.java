package io.suimon.dataplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Set;

/** The {@code vars} of a route without the texts that variables are compared with: a token may be one. */
final class ShownConditions {

    private static final Set<String> JOINTS = Set.of("and", "or", "!and", "!or");
    private static final Set<String> OPERATORS =
            Set.of("!", "==", "~=", ">", ">=", "<", "<=", "~~", "~*", "in", "has", "ipmatch");
    private static final TextNode MASKED = TextNode.valueOf(ShownTexts.MASK);

    private ShownConditions() {}

    /** A copy of them; what is no condition is hidden altogether. */
    static JsonNode of(JsonNode conditions) {
        if (!(conditions instanceof ArrayNode array)) {
            return ShownTexts.hidden(conditions.deepCopy());
        }
        if (array.path(0).isTextual() && !isJoint(array.get(0))) {
            return comparison(array);
        }
        var shown = JsonNodeFactory.instance.arrayNode(array.size());
        array.forEach(part -> shown.add(isJoint(part) ? part : of(part)));
        return shown;
    }

    private static boolean isJoint(JsonNode part) {
        return part.isTextual() && JOINTS.contains(part.textValue().toLowerCase(Locale.ROOT));
    }

    /** A variable, an operator with or without a negation, and what it is compared with. */
    private static ArrayNode comparison(ArrayNode array) {
        var shown = JsonNodeFactory.instance.arrayNode(array.size());
        for (int i = 0; i < array.size(); i++) {
            var part = array.get(i);
            boolean last = i == array.size() - 1;
            boolean open = !last
                    && (i == 0
                            || (part.isTextual()
                                    && OPERATORS.contains(part.textValue().toLowerCase(Locale.ROOT))));
            shown.add(open ? part : part.isTextual() ? MASKED : ShownTexts.hidden(part.deepCopy()));
        }
        return shown;
    }
}
