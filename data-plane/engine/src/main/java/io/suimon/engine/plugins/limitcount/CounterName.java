package io.suimon.engine.plugins.limitcount;

import io.suimon.engine.expression.Template;
import io.suimon.engine.expression.Variable;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;

/**
 * Who an exchange is counted as. Immutable.
 *
 * @param readsBody whether it speaks of the request's body
 */
record CounterName(Source source, boolean readsBody) {

    private static final Variable CLIENT = Variable.of("remote_addr");

    /** Where names come from. */
    @FunctionalInterface
    interface Source {

        /** The name, or null when it has none. */
        @Nullable
        String of(Exchange exchange);
    }

    /** The name, or null when it has none. */
    @Nullable
    String of(Exchange exchange) {
        return source.of(exchange);
    }

    /** Of the one quota: where nothing else is said, the client's address. */
    static CounterName of(LimitCountConfig config) {
        return switch (config.keyType()) {
            case VAR -> {
                var variable = Variable.of(config.key());
                yield new CounterName(orClient(variable::text), variable.readsBody());
            }
            case VAR_COMBINATION -> {
                var template = Template.parse(config.key());
                yield new CounterName(orClient(resolved(template)), template.readsBody());
            }
            case CONSTANT -> {
                var name = WireText.of(config.key());
                yield new CounterName(exchange -> name, false);
            }
        };
    }

    /** Of a rule, which leaves out whoever it cannot name. */
    static CounterName of(LimitCountConfig.Rule rule) {
        var template = Template.parse(rule.key());
        var prefix = WireText.of(rule.key()) + ":";
        if (template.isConstant()) {
            return new CounterName(exchange -> rule.key().isEmpty() ? null : prefix, false);
        }
        var resolved = resolved(template);
        Source source = exchange -> {
            var name = resolved.of(exchange);
            return name == null || name.isEmpty() ? null : prefix + name;
        };
        return new CounterName(source, template.readsBody());
    }

    private static Source resolved(Template template) {
        return exchange -> {
            var rendered = template.rendered(exchange);
            return rendered.resolved() == 0 ? null : rendered.text();
        };
    }

    private static Source orClient(Source source) {
        return exchange -> {
            var own = source.of(exchange);
            return own == null ? CLIENT.text(exchange) : own;
        };
    }
}
