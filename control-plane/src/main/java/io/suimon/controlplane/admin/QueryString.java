package io.suimon.controlplane.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arguments of a query, decoded. Immutable. */
final class QueryString {

    /** Arguments beyond this are not looked at. */
    private static final int MAX_ARGUMENTS = 100;

    private final Map<String, String> first = new LinkedHashMap<>();
    private final Map<String, String> last = new LinkedHashMap<>();

    private QueryString() {}

    /** @param raw as in the request line, without question mark; null means there was none */
    static QueryString parse(@Nullable String raw) {
        var query = new QueryString();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        var arguments = raw.split("&", MAX_ARGUMENTS + 1);
        for (int i = 0; i < Math.min(arguments.length, MAX_ARGUMENTS); i++) {
            query.add(arguments[i]);
        }
        return query;
    }

    /** The first value given for a name; empty text when it has no value. */
    Optional<String> first(String name) {
        return Optional.ofNullable(first.get(name));
    }

    /** For each name the last value given for it. */
    Map<String, String> last() {
        return Map.copyOf(last);
    }

    private void add(String argument) {
        int equals = argument.indexOf('=');
        var name = PercentDecoder.form(equals < 0 ? argument : argument.substring(0, equals));
        var value = equals < 0 ? "" : PercentDecoder.form(argument.substring(equals + 1));
        if (!name.isEmpty()) {
            first.putIfAbsent(name, value);
            last.put(name, value);
        }
    }
}
