package io.suimon.engine.plugins.redirect;

import io.suimon.engine.expression.Variable;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.regex.Substitution;
import io.suimon.engine.text.WireText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a client is sent, without its query. Immutable. */
sealed interface Destination {

    /** What finding it came to. */
    sealed interface Found {
        record Location(String text) implements Found {}

        /** The client is not sent anywhere. */
        record Stay() implements Found {}

        /** It cannot be said. */
        record Failed() implements Found {}
    }

    Found of(Exchange exchange);

    /** Whether it speaks of the request's body. */
    default boolean readsBody() {
        return false;
    }

    /** Text with {@code $name} and <code>${name}</code>; unlike in other templates, a dot ends a name. */
    record Uri(List<Part> parts) implements Destination {

        private static final Pattern VARIABLE =
                Pattern.compile("\\\\\\$[0-9a-zA-Z_]+|\\$\\{([0-9a-zA-Z_]+)\\}|\\$([0-9a-zA-Z_]+)");

        /** Text, or a variable's value. */
        record Part(String text, @Nullable Variable variable) {}

        public Uri {
            parts = List.copyOf(parts);
        }

        static Uri parse(String text) {
            var wire = WireText.of(text);
            var parts = new ArrayList<Part>();
            var matcher = VARIABLE.matcher(wire);
            int from = 0;
            while (matcher.find()) {
                var name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                if (name != null) {
                    parts.add(new Part(wire.substring(from, matcher.start()), Variable.of(name)));
                    from = matcher.end();
                }
            }
            parts.add(new Part(wire.substring(from), null));
            return new Uri(parts);
        }

        @Override
        public Found of(Exchange exchange) {
            var location = new StringBuilder();
            for (var part : parts) {
                location.append(part.text);
                var value = part.variable == null ? null : part.variable.text(exchange);
                location.append(value == null ? "" : value);
            }
            return new Found.Location(location.toString());
        }

        @Override
        public boolean readsBody() {
            return parts.stream().anyMatch(part -> part.variable != null && part.variable.readsBody());
        }
    }

    /** The path with what matched in it replaced. */
    record Rewritten(Substitution substitution) implements Destination {

        private static final Found STAY = new Found.Stay();
        private static final Found FAILED = new Found.Failed();

        static Rewritten parse(String pattern, String replacement) {
            try {
                return new Rewritten(Substitution.compile(pattern, "", replacement));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "invalid regex_uri (" + pattern + ", " + replacement + "), err:" + e.getMessage(), e);
            }
        }

        @Override
        public Found of(Exchange exchange) {
            return switch (substitution.first(exchange.request().path().text())) {
                case Substitution.Outcome.Replaced(var text, var captures) -> new Found.Location(text);
                case Substitution.Outcome.Absent() -> STAY;
                case Substitution.Outcome.Undecided() -> FAILED;
            };
        }
    }
}
