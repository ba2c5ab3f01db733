package io.suimon.engine.http;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The cookies a client sent. Immutable. */
public final class Cookies {

    private static final Pattern SEPARATOR = Pattern.compile(";");

    private final Map<String, String> cookies;

    private Cookies(Map<String, String> cookies) {
        this.cookies = cookies;
    }

    /** Reads the values of Cookie fields (RFC 6265, 4.2). */
    public static Cookies parse(List<String> fields) {
        var cookies = new HashMap<String, String>();
        for (var field : fields) {
            for (var pair : SEPARATOR.splitAsStream(field).toList()) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    cookies.putIfAbsent(
                            pair.substring(0, equals).strip(),
                            pair.substring(equals + 1).strip());
                }
            }
        }
        return new Cookies(Collections.unmodifiableMap(cookies));
    }

    /** The value of the cookie, or null. */
    public @Nullable String get(String name) {
        return cookies.get(name);
    }
}
