package io.suimon.engine.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Edits of a message's header, in this order: add, set, remove.
 *
 * @param set an empty value removes the field
 */
public record HeaderRewrite(List<Field> add, List<Field> set, List<String> remove) {

    /** A field's name and the templates of its values, one line each. */
    public record Field(String name, List<String> values) {
        public Field {
            values = List.copyOf(values);
            requireName(name);
            if (!values.stream().allMatch(FieldText::isValue)) {
                throw new IllegalArgumentException("invalid value character in header");
            }
        }
    }

    public HeaderRewrite {
        add = List.copyOf(add);
        set = List.copyOf(set);
        remove = List.copyOf(remove);
        remove.forEach(HeaderRewrite::requireName);
    }

    private static void requireName(String name) {
        if (!FieldText.isName(name)) {
            throw new IllegalArgumentException("invalid field character in header");
        }
    }

    /**
     * Reads either form: three kinds of edits, or, as it was once, fields to set.
     *
     * @param added reads what is to be added
     */
    public static HeaderRewrite read(JsonNode json, Function<JsonNode, List<Field>> added) {
        boolean byKind = json.path("add").isContainerNode()
                || json.path("set").isObject()
                || json.path("remove").isArray();
        if (!byKind) {
            return new HeaderRewrite(List.of(), fields(json), List.of());
        }
        var remove = new ArrayList<String>();
        json.path("remove").forEach(name -> remove.add(name.textValue()));
        return new HeaderRewrite(added.apply(json.path("add")), fields(json.path("set")), remove);
    }

    /** The members of an object as fields: each a value or several. */
    public static List<Field> fields(JsonNode json) {
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

    /** Refuses to write one of these fields, with which the gateway frames messages. */
    public void requireNotWritten(Set<String> framing) {
        add.forEach(field -> requireNone(field.name(), framing));
        set.forEach(field -> requireNone(field.name(), framing));
    }

    /** Refuses to remove one of these fields, with which the gateway frames messages. */
    public void requireNotRemoved(Set<String> framing) {
        remove.forEach(name -> requireNone(name, framing));
    }

    private static void requireNone(String name, Set<String> framing) {
        if (framing.contains(name)) {
            throw new IllegalArgumentException(
                    "headers: " + name + " (expected: a field that does not frame the body)");
        }
    }

    /** The edits whose fields are to be written, or removed. */
    public HeaderRewrite where(Predicate<String> written, Predicate<String> removed) {
        return new HeaderRewrite(
                add.stream().filter(field -> written.test(field.name())).toList(),
                set.stream().filter(field -> written.test(field.name())).toList(),
                remove.stream().filter(removed).toList());
    }
}
