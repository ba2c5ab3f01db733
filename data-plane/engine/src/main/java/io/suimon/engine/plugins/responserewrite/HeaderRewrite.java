package io.suimon.engine.plugins.responserewrite;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.engine.plugin.FieldText;
import io.suimon.engine.plugin.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Edits of the response's header, in this order: add, set, remove.
 *
 * @param set an empty value removes the field
 */
public record HeaderRewrite(List<Field> add, List<Field> set, List<String> remove) {

    /** A field's name and the template of its value. */
    public record Field(String name, String value) {}

    /** The gateway frames messages: a length that is not the body's would make clients see other answers than there are. */
    private static final Set<String> FRAMING = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        FRAMING.addAll(List.of("Content-Length", "Transfer-Encoding", "Connection"));
    }

    public HeaderRewrite {
        add = List.copyOf(add);
        set = List.copyOf(set);
        remove = List.copyOf(remove);
        for (var fields : List.of(add, set)) {
            for (var field : fields) {
                requireName(field.name());
                if (!FieldText.isValue(field.value())) {
                    throw new IllegalArgumentException("invalid value character in header");
                }
                if (FRAMING.contains(field.name())) {
                    throw new IllegalArgumentException(
                            "headers: " + field.name() + " (expected: a field that does not frame the body)");
                }
            }
        }
        remove.forEach(HeaderRewrite::requireName);
    }

    private static void requireName(String name) {
        if (!FieldText.isName(name)) {
            throw new IllegalArgumentException("invalid field character in header");
        }
    }

    /** Reads either form: three kinds of edits, or, as it was once, fields to set. */
    @JsonCreator
    static HeaderRewrite of(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("headers: " + json + " (expected: an object)");
        }
        boolean byKind = json.path("add").isArray()
                || json.path("set").isObject()
                || json.path("remove").isArray();
        if (!byKind) {
            return new HeaderRewrite(List.of(), fields(json), List.of());
        }
        var add = new ArrayList<Field>();
        json.path("add").forEach(line -> add.add(field(line.textValue())));
        var remove = new ArrayList<String>();
        json.path("remove").forEach(name -> remove.add(name.textValue()));
        return new HeaderRewrite(add, fields(json.path("set")), remove);
    }

    private static Field field(String line) {
        int colon = line.indexOf(':');
        return new Field(
                line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }

    private static List<Field> fields(JsonNode json) {
        var fields = new ArrayList<Field>();
        json.properties().forEach(entry -> fields.add(new Field(entry.getKey(), JsonText.plain(entry.getValue()))));
        return fields;
    }
}
