package io.suimon.dataplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Hides texts that could be secrets. A node cannot tell a text somebody wrote from one a reference to a secret was replaced by, so a
 * text is shown only where the schema itself contains it, as a choice or a default. Numbers and truth values are shown, and so are the
 * names of members: they are never replaced. Immutable.
 */
final class ShownTexts {

    /** What stands in place of a text that is hidden. */
    static final String MASK = "******";

    private static final TextNode MASKED = TextNode.valueOf(MASK);

    private final Set<String> words;

    private ShownTexts(Set<String> words) {
        this.words = words;
    }

    /** Those a schema contains. */
    static ShownTexts of(JsonNode schema) {
        var words = new HashSet<String>();
        collect(schema, words);
        return new ShownTexts(Set.copyOf(words));
    }

    private static void collect(JsonNode schema, Set<String> words) {
        for (var keyword : schema.properties()) {
            switch (keyword.getKey()) {
                case "enum", "const", "default" -> collectTexts(keyword.getValue(), words);
                default -> {
                    // A part of the schema, or something that holds parts.
                }
            }
        }
        schema.forEach(part -> collect(part, words));
    }

    private static void collectTexts(JsonNode value, Set<String> words) {
        if (value.isTextual()) {
            words.add(value.textValue());
        }
        value.forEach(part -> collectTexts(part, words));
    }

    /** The value with its texts hidden; containers are changed themselves. */
    JsonNode shown(JsonNode value) {
        if (value.isTextual()) {
            return words.contains(value.textValue()) ? value : MASKED;
        }
        switch (value) {
            case ObjectNode object -> object.properties().forEach(member -> member.setValue(shown(member.getValue())));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, shown(array.get(i)));
                }
            }
            default -> {
                // A number, a truth value or nothing.
            }
        }
        return value;
    }

    /** The value with everything in it hidden, numbers too; containers are changed themselves. */
    static JsonNode hidden(JsonNode value) {
        switch (value) {
            case ObjectNode object -> object.properties().forEach(member -> member.setValue(hidden(member.getValue())));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, hidden(array.get(i)));
                }
            }
            default -> {
                return MASKED;
            }
        }
        return value;
    }

    /**
     * Hides a field by the names that lead to it, as {@code encrypt_fields} of a schema have it: {@code brokers.sasl_config.password}.
     * Arrays on the way mean each of their elements.
     */
    static void hide(JsonNode tree, String dotted) {
        int dot = dotted.indexOf('.');
        switch (tree) {
            case ArrayNode array -> array.forEach(element -> hide(element, dotted));
            case ObjectNode object
            when dot < 0 -> {
                var field = object.get(dotted);
                if (field != null) {
                    object.set(dotted, hidden(field));
                }
            }
            case ObjectNode object -> hide(object.path(dotted.substring(0, dot)), dotted.substring(dot + 1));
            default -> {
                // Not there, or not what the schema says.
            }
        }
    }
}
