package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object that its schema has found valid, as Java's types. Numbers outside a type's range become its nearest value.
 *
 * @param pointer where the object lies in the resource
 */
record Fields(ObjectNode json, String pointer, Violations violations) {

    private static final double NANOS = 1e9;

    @Nullable
    String text(String name) {
        return json.path(name).textValue();
    }

    String text(String name, String fallback) {
        var text = text(name);
        return text == null ? fallback : text;
    }

    List<String> texts(String name) {
        var texts = new ArrayList<String>();
        json.path(name).forEach(item -> texts.add(item.asText()));
        return texts;
    }

    List<String> lowerCaseTexts(String name) {
        return texts(name).stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
    }

    /** What may be written as one value or as several. */
    List<String> oneOrMore(String one, String more) {
        var text = text(one);
        return text == null ? texts(more) : List.of(text);
    }

    Map<String, String> textMap(String name) {
        var map = new LinkedHashMap<String, String>();
        json.path(name)
                .properties()
                .forEach(member -> map.put(member.getKey(), member.getValue().asText()));
        return map;
    }

    /** An id written as text or as a number. */
    @Nullable
    String id(String name) {
        var id = json.path(name);
        return id.isNumber() ? Long.toString(id.longValue()) : id.textValue();
    }

    @Nullable
    Integer integer(String name) {
        var number = json.path(name);
        return number.isNumber() ? (Integer) (int) number.doubleValue() : null;
    }

    int integer(String name, int fallback) {
        var number = integer(name);
        return number == null ? fallback : number;
    }

    List<Integer> integers(String name) {
        var integers = new ArrayList<Integer>();
        json.path(name).forEach(item -> integers.add((int) item.doubleValue()));
        return integers;
    }

    @Nullable
    Boolean flag(String name) {
        return json.path(name).isBoolean() ? (Boolean) json.path(name).booleanValue() : null;
    }

    boolean flag(String name, boolean fallback) {
        return json.path(name).asBoolean(fallback);
    }

    /** A time in seconds; whatever is above zero stays above zero. */
    Duration seconds(String name, Duration fallback) {
        var seconds = json.path(name);
        if (!seconds.isNumber()) {
            return fallback;
        }
        double value = seconds.doubleValue();
        return Duration.ofNanos(Math.max(value > 0 ? 1 : 0, Math.round(value * NANOS)));
    }

    /** A word of a closed set. The schema lets references to secrets pass for any word; they are refused here. */
    <E extends Enum<E>> E choice(Class<E> type, String name, E fallback) {
        var word = json.path(name).textValue();
        if (word == null) {
            return fallback;
        }
        for (var choice : type.getEnumConstants()) {
            if (choice.name().toLowerCase(Locale.ROOT).equals(word)) {
                return choice;
            }
        }
        violations.addInvalid(
                pointer + "/" + name, "property \"" + name + "\" validation failed: matches none of the enum values");
        return fallback;
    }

    /** An object inside this one; null when it is not there. */
    @Nullable
    Fields object(String name) {
        return json.has(name) ? new Fields(asObject(json.get(name)), pointer + "/" + name, violations) : null;
    }

    /** The object a value is; {@code []} is an empty one. */
    static ObjectNode asObject(JsonNode value) {
        return value instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    Description description() {
        return new Description(text("name"), text("desc"), textMap("labels"));
    }
}
