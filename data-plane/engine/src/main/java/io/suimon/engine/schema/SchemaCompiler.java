package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a schema's JSON ready for use. The order in which it adds keywords is the order in which findings are told. */
final class SchemaCompiler {

    private static final Set<String> KNOWN = Set.of(
            ("type enum const properties patternProperties additionalProperties required dependencies minProperties maxProperties"
                            + " items minItems maxItems uniqueItems contains minLength maxLength pattern format minimum maximum"
                            + " exclusiveMinimum exclusiveMaximum multipleOf allOf anyOf oneOf not if then else default"
                            + " title description $comment $schema $id id examples encrypt_fields")
                    .split(" "));

    private static final List<String> SAYING_OBJECT = List.of(
            "properties", "patternProperties", "additionalProperties", "required", "minProperties", "maxProperties");
    private static final List<String> SAYING_ARRAY =
            List.of("items", "minItems", "maxItems", "uniqueItems", "contains");
    private static final List<String> SAYING_STRING = List.of("minLength", "maxLength", "pattern", "format");

    private final boolean strict;
    private boolean fillsDefaults;

    /** @param strict whether keywords that are not known here are refused */
    SchemaCompiler(boolean strict) {
        this.strict = strict;
    }

    SchemaNode compile(JsonNode schema) {
        if (schema.isBoolean()) {
            return new SchemaNode(List.of(), schema.booleanValue() ? List.of() : List.of(nothing()), false);
        }
        if (!schema.isObject()) {
            throw new IllegalArgumentException("schema: " + schema.getNodeType() + " (expected: an object)");
        }
        if (strict) {
            refuseUnknown(schema);
        }
        boolean outer = fillsDefaults;
        fillsDefaults = false;
        var node = new SchemaNode(types(schema), keywords(schema), fillsDefaults);
        fillsDefaults |= outer;
        return node;
    }

    private static Keyword nothing() {
        return (value, place, findings) -> findings.add(place, () -> "expect false always fail");
    }

    private static void refuseUnknown(JsonNode schema) {
        schema.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(name + ": (expected: a keyword of JSON Schema)");
            }
        });
    }

    private static List<ValueType> types(JsonNode schema) {
        var type = schema.path("type");
        if (type.isTextual()) {
            return List.of(ValueType.of(type.textValue()));
        }
        var types = new ArrayList<ValueType>();
        type.forEach(name -> types.add(ValueType.of(name.asText())));
        return types;
    }

    private List<Keyword> keywords(JsonNode schema) {
        var keywords = new ArrayList<Keyword>();
        addChoices(schema, keywords);
        if (SAYING_OBJECT.stream().anyMatch(schema::has)) {
            keywords.add(object(schema));
        }
        schema.path("dependencies").properties().forEach(e -> keywords.add(dependency(e.getKey(), e.getValue())));
        if (SAYING_ARRAY.stream().anyMatch(schema::has)) {
            keywords.add(array(schema));
        }
        if (SAYING_STRING.stream().anyMatch(schema::has)) {
            keywords.add(string(schema));
        }
        addBounds(schema, keywords);
        addCombinations(schema, keywords);
        return keywords;
    }

    private static void addChoices(JsonNode schema, List<Keyword> keywords) {
        if (schema.has("enum")) {
            var texts = new HashSet<String>();
            schema.get("enum").forEach(choice -> texts.add(CanonicalText.of(choice)));
            keywords.add(new ChoiceKeyword(texts, "matches none of the enum values"));
        }
        if (schema.has("const")) {
            var text = CanonicalText.of(schema.get("const"));
            keywords.add(new ChoiceKeyword(Set.of(text), "failed to check const value"));
        }
    }

    private ObjectKeyword object(JsonNode schema) {
        var properties = new LinkedHashMap<String, SchemaNode>();
        Map<String, JsonNode> defaults = new LinkedHashMap<>();
        for (var property : schema.path("properties").properties()) {
            properties.put(property.getKey(), compile(property.getValue()));
            if (property.getValue().has("default")) {
                defaults.put(property.getKey(), property.getValue().get("default"));
            }
        }
        fillsDefaults |= !defaults.isEmpty();
        var selected = new ArrayList<ObjectKeyword.Selected>();
        for (var e : schema.path("patternProperties").properties()) {
            selected.add(new ObjectKeyword.Selected(PcrePattern.of(e.getKey()), compile(e.getValue())));
        }
        var additional = schema.path("additionalProperties");
        return new ObjectKeyword(
                properties,
                defaults,
                selected,
                additional.isObject() ? compile(additional) : null,
                additional.isBoolean() && !additional.booleanValue(),
                strings(schema.path("required")),
                schema.path("minProperties").asInt(0),
                schema.path("maxProperties").asInt(Integer.MAX_VALUE));
    }

    private DependencyKeyword dependency(String property, JsonNode wants) {
        return wants.isArray()
                ? new DependencyKeyword(property, strings(wants), null)
                : new DependencyKeyword(property, List.of(), compile(wants));
    }

    private ArrayKeyword array(JsonNode schema) {
        return new ArrayKeyword(
                optional(schema, "items"),
                schema.path("minItems").asInt(0),
                schema.path("maxItems").asInt(Integer.MAX_VALUE),
                schema.path("uniqueItems").asBoolean(),
                optional(schema, "contains"));
    }

    private static StringKeyword string(JsonNode schema) {
        var pattern = schema.path("pattern").textValue();
        return new StringKeyword(
                schema.path("minLength").asInt(0),
                schema.path("maxLength").asInt(Integer.MAX_VALUE),
                pattern == null ? null : PcrePattern.of(pattern),
                AddressFormat.of(schema.path("format").asText()).orElse(null));
    }

    private static void addBounds(JsonNode schema, List<Keyword> keywords) {
        addBound(schema, "minimum", NumberKeyword.Bound.AT_LEAST, keywords);
        addBound(schema, "exclusiveMinimum", NumberKeyword.Bound.ABOVE, keywords);
        addBound(schema, "maximum", NumberKeyword.Bound.AT_MOST, keywords);
        addBound(schema, "exclusiveMaximum", NumberKeyword.Bound.BELOW, keywords);
        addBound(schema, "multipleOf", NumberKeyword.Bound.MULTIPLE, keywords);
    }

    private static void addBound(JsonNode schema, String name, NumberKeyword.Bound bound, List<Keyword> keywords) {
        var limit = schema.path(name);
        if (limit.isNumber()) {
            keywords.add(new NumberKeyword(bound, limit.doubleValue()));
        }
    }

    private void addCombinations(JsonNode schema, List<Keyword> keywords) {
        if (schema.has("allOf")) {
            keywords.add(new Combination.All(all(schema.get("allOf"))));
        }
        if (schema.has("anyOf")) {
            var alternatives = schema.get("anyOf");
            keywords.add(new Combination.Any(all(alternatives), noneHolds(alternatives)));
        }
        if (schema.has("oneOf")) {
            keywords.add(new Combination.One(all(schema.get("oneOf"))));
        }
        var not = optional(schema, "not");
        if (not != null) {
            keywords.add(new Combination.Not(not));
        }
        var condition = optional(schema, "if");
        if (condition != null) {
            keywords.add(new Combination.Conditional(condition, optional(schema, "then"), optional(schema, "else")));
        }
    }

    private static String noneHolds(JsonNode alternatives) {
        var required = new ArrayList<String>();
        alternatives.forEach(alternative -> {
            if (alternative.has("required")) {
                required.add(alternative.get("required").toString());
            }
        });
        return "object matches none of the required" + (required.isEmpty() ? "" : ": " + String.join(" or ", required));
    }

    private @Nullable SchemaNode optional(JsonNode schema, String name) {
        return schema.has(name) ? compile(schema.get(name)) : null;
    }

    private List<SchemaNode> all(JsonNode schemas) {
        var compiled = new ArrayList<SchemaNode>();
        schemas.forEach(schema -> compiled.add(compile(schema)));
        return List.copyOf(compiled);
    }

    private static List<String> strings(JsonNode texts) {
        var strings = new ArrayList<String>();
        texts.forEach(text -> strings.add(text.asText()));
        return List.copyOf(strings);
    }
}
