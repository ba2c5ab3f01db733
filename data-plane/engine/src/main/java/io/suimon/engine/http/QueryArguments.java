package io.suimon.engine.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of a query or a form, decoded ({@code +} is a blank), in order. Immutable. */
public final class QueryArguments {

    /**
     * One argument.
     *
     * @param value null when there was no equals sign
     */
    public record Argument(String name, @Nullable String value) {}

    private static final QueryArguments NONE = new QueryArguments(List.of());

    private final List<Argument> arguments;

    private QueryArguments(List<Argument> arguments) {
        this.arguments = arguments;
    }

    /** Reads a query as sent; null is one without arguments. */
    public static QueryArguments parse(@Nullable String query) {
        return parse(query, Integer.MAX_VALUE);
    }

    /** Reads the first arguments of a form as sent. */
    static QueryArguments parse(@Nullable String query, int max) {
        if (query == null || query.isEmpty()) {
            return NONE;
        }
        var arguments = new ArrayList<Argument>();
        int from = 0;
        while (from <= query.length() && arguments.size() < max) {
            int ampersand = query.indexOf('&', from);
            int to = ampersand < 0 ? query.length() : ampersand;
            if (to > from) {
                arguments.add(argument(query.substring(from, to)));
            }
            from = to + 1;
        }
        return new QueryArguments(Collections.unmodifiableList(arguments));
    }

    /** These arguments, which are decoded already. */
    static QueryArguments of(List<Argument> arguments) {
        return new QueryArguments(List.copyOf(arguments));
    }

    private static Argument argument(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? new Argument(PercentEscape.decodeForm(text), null)
                : new Argument(
                        PercentEscape.decodeForm(text.substring(0, equals)),
                        PercentEscape.decodeForm(text.substring(equals + 1)));
    }

    /** The first argument of this name, or null. */
    public @Nullable Argument first(String name) {
        for (var argument : arguments) {
            if (argument.name.equals(name)) {
                return argument;
            }
        }
        return null;
    }

    public List<Argument> all() {
        return arguments;
    }
}
