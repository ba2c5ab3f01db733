package io.suimon.engine.plugin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.suimon.engine.http.WireText;

/** JSON for answers, as wire text. */
public final class JsonText {

    private JsonText() {}

    /** An object with one property, of configuration text. */
    public static String object(String name, String value) {
        return WireText.of(
                JsonNodeFactory.instance.objectNode().put(name, value).toString());
    }
}
