package io.suimon.engine.plugins.proxyrewrite;

import io.suimon.engine.expression.Template;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.plugin.TargetText;
import io.suimon.engine.regex.Substitution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What target the upstream is sent. Immutable. */
sealed interface TargetRewrite {

    /**
     * What rewriting came to.
     *
     * @param target null for the client's, byte for byte
     * @param captures of the regular expression that matched; empty without one
     * @param failure what people are told when there is no target, or null
     */
    record Result(
            @Nullable String target,
            List<String> captures,
            @Nullable String failure) {

        static Result of(String target) {
            return new Result(target, List.of(), null);
        }
    }

    Result of(Exchange exchange);

    /** Whether it speaks of the request's body. */
    default boolean readsBody() {
        return false;
    }

    /** The client's target. */
    record Raw() implements TargetRewrite {

        private static final Result RESULT = new Result(null, List.of(), null);

        @Override
        public Result of(Exchange exchange) {
            return RESULT;
        }
    }

    /** The path as routes see it, encoded again. */
    record Normal() implements TargetRewrite {

        @Override
        public Result of(Exchange exchange) {
            var path = TargetText.escapePath(exchange.request().path().text());
            return Result.of(Queries.append(path, Queries.ofClient(exchange)));
        }
    }

    /**
     * A template.
     *
     * @param parts the text between the question marks written in it: any other comes from a variable
     * @param raw whether the path is sent as it results
     */
    record Uri(List<Template> parts, boolean raw) implements TargetRewrite {

        public Uri {
            parts = List.copyOf(parts);
        }

        static Uri parse(String text, boolean raw) {
            var parts = new ArrayList<Template>();
            int from = 0;
            int depth = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '{' && i > 0 && text.charAt(i - 1) == '$') {
                    depth = 1;
                } else if (c == '}') {
                    depth = 0;
                } else if (c == '?' && depth == 0) {
                    parts.add(Template.parse(text.substring(from, i)));
                    from = i + 1;
                }
            }
            parts.add(Template.parse(text.substring(from)));
            return new Uri(parts, raw);
        }

        @Override
        public Result of(Exchange exchange) {
            var path = part(0, exchange);
            var target = new StringBuilder(raw ? TargetText.escapeBlanks(path) : TargetText.escapePath(path));
            for (int i = 1; i < parts.size(); i++) {
                target.append('?').append(TargetText.escapeBlanks(part(i, exchange)));
            }
            return Result.of(Queries.append(target.toString(), Queries.ofClient(exchange)));
        }

        @Override
        public boolean readsBody() {
            return parts.stream().anyMatch(Template::readsBody);
        }

        private String part(int index, Exchange exchange) {
            return parts.get(index).render(exchange).replace("?", "%3F");
        }
    }

    /**
     * The first of several regular expressions that matches.
     *
     * @param raw whether it is matched against what the client sent, query included
     */
    record Regexes(List<Pair> pairs, boolean raw) implements TargetRewrite {

        /** A regular expression with its replacement, also as they were written. */
        record Pair(String pattern, String replacement, Substitution substitution) {}

        public Regexes {
            pairs = List.copyOf(pairs);
        }

        static Regexes parse(List<String> texts, boolean raw) {
            var pairs = new ArrayList<Pair>();
            for (int i = 0; i < texts.size(); i += 2) {
                var pattern = texts.get(i);
                var replacement = texts.get(i + 1);
                try {
                    pairs.add(new Pair(pattern, replacement, Substitution.compile(pattern, "", replacement)));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "invalid regex_uri(" + pattern + ", " + replacement + "): " + e.getMessage(), e);
                }
            }
            return new Regexes(pairs, raw);
        }

        @Override
        public Result of(Exchange exchange) {
            var text = raw ? rawTarget(exchange) : exchange.request().path().text();
            for (var pair : pairs) {
                switch (pair.substitution.first(text)) {
                    case Substitution.Outcome.Replaced(var replaced, var captures) -> {
                        return new Result(target(exchange, text, replaced), captures, null);
                    }
                    case Substitution.Outcome.Absent() -> {}
                    case Substitution.Outcome.Undecided() -> {
                        return new Result(null, List.of(), failure(text, pair));
                    }
                }
            }
            return Result.of(target(exchange, text, text));
        }

        private static String rawTarget(Exchange exchange) {
            return Queries.append(TargetText.pathOf(exchange.request().target()), Queries.ofClient(exchange));
        }

        private static String failure(String text, Pair pair) {
            return "failed to substitute the uri " + text + " (" + pair.pattern + ") with " + pair.replacement
                    + " : too many steps";
        }

        private String target(Exchange exchange, String path, String replaced) {
            var rooted = replaced.startsWith("/") ? replaced : "/" + replaced;
            if (raw) {
                return TargetText.escapeBlanks(rooted);
            }
            // A question mark the client wrote encoded must not become one that begins a query.
            int question = path.indexOf('?') >= 0 ? -1 : rooted.indexOf('?');
            var target = question < 0
                    ? TargetText.escapePath(rooted)
                    : TargetText.escapePath(rooted.substring(0, question))
                            + TargetText.escapeBlanks(rooted.substring(question));
            return Queries.append(target, Queries.ofClient(exchange));
        }
    }
}
