package io.suimon.engine.plugins.jwtauth;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cookies of a request, read as strictly as tokens are: with a quote anywhere there are none. */
final class CookieField {

    private static final Pattern SEPARATOR = Pattern.compile(";");

    private CookieField() {}

    /** The value of the first cookie of this name, or null. */
    static @Nullable String find(List<String> fields, String name) {
        for (var field : fields) {
            if (field.indexOf('"') >= 0) {
                return null;
            }
        }
        return pairs(fields)
                .filter(pair -> isNamed(pair, name))
                .map(pair -> pair.substring(pair.indexOf('=') + 1).strip())
                .findFirst()
                .orElse(null);
    }

    /** The cookies of other names in one field; empty when there are none. */
    static String without(List<String> fields, String name) {
        return String.join(
                "; ", pairs(fields).filter(pair -> !isNamed(pair, name)).toList());
    }

    private static Stream<String> pairs(List<String> fields) {
        return fields.stream()
                .flatMap(SEPARATOR::splitAsStream)
                .map(String::strip)
                .filter(pair -> pair.indexOf('=') > 0);
    }

    private static boolean isNamed(String pair, String name) {
        return pair.substring(0, pair.indexOf('=')).strip().equals(name);
    }
}
