package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The types a schema may ask for. */
enum ValueType {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    INTEGER,
    BOOLEAN,
    NULL;

    static final List<ValueType> ONLY_STRING = List.of(STRING);

    /** The type of that name in a schema. */
    static ValueType of(String name) {
        for (var type : values()) {
            if (type.word().equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("type: " + name + " (expected: a type of JSON Schema)");
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean holds(JsonNode value) {
        return switch (this) {
            case OBJECT -> value.isObject() || (value.isArray() && value.isEmpty());
            case ARRAY -> value.isArray() || (value.isObject() && value.isEmpty());
            case STRING -> value.isTextual();
            case NUMBER -> value.isNumber();
            case INTEGER -> value.isNumber() && isWhole(value);
            case BOOLEAN -> value.isBoolean();
            case NULL -> value.isNull();
        };
    }

    private static boolean isWhole(JsonNode value) {
        double number = value.doubleValue();
        return value.isIntegralNumber() || (Math.rint(number) == number && !Double.isInfinite(number));
    }

    static String mismatch(List<ValueType> types, JsonNode value) {
        var wanted = types.stream().map(ValueType::word).collect(Collectors.joining(", "));
        return "wrong type: expected " + (types.size() == 1 ? "" : "one of ") + wanted + ", got "
                + LuaText.typeOf(value);
    }
}
