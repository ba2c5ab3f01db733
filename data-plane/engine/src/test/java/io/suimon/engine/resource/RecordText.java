package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a record so that people can review it: one component per line, what lies inside indented. */
final class RecordText {

    private static final int LONG = 60;

    private RecordText() {}

    static String of(Record value) {
        var out = new StringBuilder();
        append(value, "", out);
        return out.toString();
    }

    private static void append(@Nullable Object value, String indent, StringBuilder out) {
        switch (value) {
            case null -> out.append("null\n");
            case JsonNode json -> out.append(json).append('\n');
            case Record entity -> appendRecord(entity, indent, out);
            case Map<?, ?> map -> {
                out.append("{").append(map.size()).append("}\n");
                map.forEach((key, item) -> append(
                        item,
                        indent + "  ",
                        out.append(indent).append("  ").append(key).append(" = ")));
            }
            case Collection<?> items -> {
                out.append("[").append(items.size()).append("]\n");
                items.forEach(
                        item -> append(item, indent + "  ", out.append(indent).append("  - ")));
            }
            case String text -> out.append('"').append(shortened(text)).append("\"\n");
            default -> out.append(value).append('\n');
        }
    }

    private static void appendRecord(Record value, String indent, StringBuilder out) {
        out.append(value.getClass().getSimpleName()).append('\n');
        for (var component : value.getClass().getRecordComponents()) {
            out.append(indent).append("  ").append(component.getName()).append(" = ");
            append(read(component, value), indent + "  ", out);
        }
    }

    private static @Nullable Object read(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.getName(), e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONG ? text : text.substring(0, LONG).replace("\n", "\\n") + "... " + text.length();
    }
}
