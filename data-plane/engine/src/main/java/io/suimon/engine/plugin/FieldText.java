package io.suimon.engine.plugin;

import io.suimon.engine.http.HeaderName;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Text on its way into header fields: whatever it was made of, it cannot end its line. */
public final class FieldText {

    private FieldText() {}

    /** The text without CR, LF and NUL; the same object where it has none. */
    public static String value(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (breaksLine(text.charAt(i))) {
                return stripped(text);
            }
        }
        return text;
    }

    private static String stripped(String text) {
        var kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!breaksLine(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }

    /** Whether text may stand in a field as it is. */
    public static boolean isValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (breaksLine(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is the name of a field (RFC 9110, 5.1). */
    public static boolean isName(String text) {
        return HeaderName.isToken(text);
    }

    /**
     * Refuses what is no field's name.
     *
     * @param property what is called so
     */
    public static void requireName(String property, String text) {
        if (!isName(text)) {
            throw new IllegalArgumentException(property + ": " + text + " (expected: the name of a field)");
        }
    }

    /** Names of fields, to be found in any case. */
    public static Set<String> names(String... names) {
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return Collections.unmodifiableSet(set);
    }

    private static boolean breaksLine(char c) {
        return c == '\r' || c == '\n' || c == 0;
    }
}
