package io.suimon.engine.regex;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads what stands behind {@code \p}: a kind of characters, or a script. */
final class UnicodeProperty {

    private static final String MALFORMED = "malformed \\P or \\p sequence";

    /** Short names that in Java are those of ASCII's characters, and Perl's own. */
    private static final Map<String, String> NAMES = Map.of(
            "any", "all",
            "l&", "LC",
            "alpha", "IsAlphabetic",
            "lower", "IsLowercase",
            "upper", "IsUppercase",
            "space", "IsWhite_Space");

    private UnicodeProperty() {}

    /** The property in Java's syntax. */
    static String read(PatternReader in, boolean negated) {
        if (in.atEnd()) {
            throw in.refused(MALFORMED);
        }
        var name = (in.take("{") ? in.until("}", MALFORMED) : Character.toString(in.next())).strip();
        boolean caret = name.startsWith("^");
        var java = (negated != caret ? "\\P{" : "\\p{") + javaName(caret ? name.substring(1) : name) + "}";
        try {
            return Pattern.compile(java).pattern();
        } catch (PatternSyntaxException e) {
            throw in.unsupported("\\p{" + name + "}"); // both know most names, and neither knows all the other's
        }
    }

    private static String javaName(String name) {
        var known = NAMES.get(name.toLowerCase(Locale.ROOT));
        if (known != null) {
            return known;
        }
        if (name.length() <= 2) { // a category: Lu
            return name.substring(0, 1).toUpperCase(Locale.ROOT)
                    + name.substring(1).toLowerCase(Locale.ROOT);
        }
        int sign = Math.max(name.indexOf('='), name.indexOf(':'));
        return sign < 0 ? "Is" + name : name.substring(0, sign) + "=" + name.substring(sign + 1);
    }
}
