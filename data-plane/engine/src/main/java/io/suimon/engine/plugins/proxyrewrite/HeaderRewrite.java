package io.suimon.engine.plugins.proxyrewrite;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.engine.plugin.FieldText;
import io.suimon.engine.plugin.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Edits of the request's header, in this order: add, set, remove.
 *
 * @param set an empty value removes the field
 */
public record HeaderRewrite(List<Field> add, List<Field> set, List<String> remove) {

    /** A field's name and the templates of its values, one line each. */
    public record Field(String name, List<String> values) {
        public Field {
            values = List.copyOf(values);
        }
    }

    /** The gateway frames messages: whoever edits these makes the upstream see other requests than there are. */
    private static final Set<String> FRAMING = anyCase("Content-Length", "Transfer-Encoding");

    /** Always the gateway's own. */
    private static final Set<String> UNTOUCHED = anyCase("Host", "X-Real-IP", "Connection");

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    public HeaderRewrite {
        add = List.copyOf(add);
        set = List.copyOf(set);
        remove = List.copyOf(remove);
        for (var fields : List.of(add, set)) {
            for (var field : fields) {
                requireName(field.name());
                if (!field.values().stream().allMatch(FieldText::isValue)) {
                    throw new IllegalArgumentException("invalid value character in header");
                }
            }
        }
        remove.forEach(HeaderRewrite::requireName);
    }

    private static void requireName(String name) {
        if (!FieldText.isName(name)) {
            throw new IllegalArgumentException("invalid field character in header");
        }
        if (FRAMING.contains(name)) {
            throw new IllegalArgumentException(
                    "headers: " + name + " (expected: a field that does not frame the body)");
        }
    }

    private static Set<String> anyCase(String... names) {
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return set;
    }

    /** Reads either form: three kinds of edits, or, as it was once, fields to set. */
    @JsonCreator
    static HeaderRewrite of(JsonNode json) {
        boolean byKind = json.path("add").isObject()
                || json.path("set").isObject()
                || json.path("remove").isArray();
        if (!byKind) {
            return new HeaderRewrite(List.of(), fields(json), List.of());
        }
        var remove = new ArrayList<String>();
        json.path("remove").forEach(name -> remove.add(name.textValue()));
        return new HeaderRewrite(fields(json.path("add")), fields(json.path("set")), remove);
    }

    private static List<Field> fields(JsonNode json) {
        var fields = new ArrayList<Field>();
        json.properties().forEach(entry -> {
            var values = new ArrayList<String>();
            if (entry.getValue().isArray()) {
                entry.getValue().forEach(value -> values.add(JsonText.plain(value)));
            } else {
                values.add(JsonText.plain(entry.getValue()));
            }
            fields.add(new Field(entry.getKey(), values));
        });
        return fields;
    }

    /** These edits without those that have no effect. */
    HeaderRewrite effective() {
        return new HeaderRewrite(
                add.stream().filter(field -> !UNTOUCHED.contains(field.name())).toList(),
                set.stream().filter(field -> !UNTOUCHED.contains(field.name())).toList(),
                remove.stream()
                        .filter(name -> !UNTOUCHED.contains(name) && !name.equalsIgnoreCase(FORWARDED_FOR))
                        .toList());
    }
}
