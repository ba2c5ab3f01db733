package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;

/** JSON written such that equal values, and only those, have equal texts: {@code 1} is {@code 1.0}, members have no order. */
final class CanonicalText {

    private CanonicalText() {}

    static String of(JsonNode value) {
        if (value.isTextual()) {
            return "\"" + value.textValue();
        }
        if (value.isNumber()) {
            return Double.toString(value.doubleValue() + 0.0);
        }
        if (!value.isContainerNode()) {
            return value.asText();
        }
        var out = new StringBuilder();
        append(value, out);
        return out.toString();
    }

    private static void append(JsonNode value, StringBuilder out) {
        if (value.isEmpty()) {
            out.append("{}");
        } else if (value.isArray()) {
            value.forEach(item -> appendPart(item, out.append('[')));
            out.append(']');
        } else {
            var names = new ArrayList<String>(value.size());
            value.fieldNames().forEachRemaining(names::add);
            Collections.sort(names);
            for (var name : names) {
                out.append('{').append(name.length()).append(':').append(name);
                appendPart(value.get(name), out);
            }
            out.append('}');
        }
    }

    private static void appendPart(JsonNode part, StringBuilder out) {
        if (part.isContainerNode()) {
            append(part, out);
        } else {
            var text = of(part);
            out.append(text.length()).append(':').append(text);
        }
    }
}
