package io.suimon.engine.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.suimon.engine.text.WireText;

/** JSON for answers, as wire text; and configuration text out of JSON. */
public final class JsonText {

    private JsonText() {}

    /** A string's text, or a number as people write it: {@code 1} for 1.0. */
    public static String plain(JsonNode value) {
        return value.isFloatingPointNumber()
                ? value.decimalValue().stripTrailingZeros().toPlainString()
                : value.asText();
    }

    /** An object with one property, of configuration text. */
    public static String object(String name, String value) {
        return WireText.of(
                JsonNodeFactory.instance.objectNode().put(name, value).toString());
    }
}
