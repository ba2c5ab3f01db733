package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a schema says about strings; says nothing about other values.
 *
 * @param minLength in characters
 * @param maxLength in characters
 */
record StringKeyword(
        int minLength,
        int maxLength,
        @Nullable PcrePattern pattern,
        @Nullable AddressFormat format) implements Keyword {

    @Override
    public void check(JsonNode value, Place place, Findings findings) {
        if (!value.isTextual()) {
            return;
        }
        var text = value.textValue();
        int length = text.codePointCount(0, text.length());
        if (length < minLength) {
            findings.add(place, () -> "string too short, expected at least " + minLength + ", got " + length);
        } else if (length > maxLength) {
            findings.add(place, () -> "string too long, expected at most " + maxLength + ", got " + length);
        } else if (pattern != null && !pattern.foundIn(text)) {
            findings.add(
                    place,
                    () -> "failed to match pattern " + LuaText.quoted(pattern.source()) + " with "
                            + LuaText.quoted(text));
        } else if (format != null && !format.holds(text)) {
            findings.add(place, () -> "expect valid " + format.word() + " format but got: " + text);
        }
    }
}
