package io.suimon.engine.plugins.limitcount;

import io.suimon.engine.expression.Template;
import io.suimon.engine.expression.Variable;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.WireText;
import org.jspecify.annotations.Nullable;

/** Who an exchange is counted as. Immutable. */
@FunctionalInterface
interface CounterName {

    Variable CLIENT = Variable.of("remote_addr");

    /** The name, or null when it has none. */
    @Nullable
    String of(Exchange exchange);

    /** Of the one quota: where nothing else is said, the client's address. */
    static CounterName of(LimitCountConfig config) {
        return switch (config.keyType()) {
            case VAR -> orClient(Variable.of(config.key())::text);
            case VAR_COMBINATION -> orClient(resolved(Template.parse(config.key())));
            case CONSTANT -> {
                var name = WireText.of(config.key());
                yield exchange -> name;
            }
        };
    }

    /** Of a rule, which leaves out whoever it cannot name. */
    static CounterName of(LimitCountConfig.Rule rule) {
        var template = Template.parse(rule.key());
        var prefix = WireText.of(rule.key()) + ":";
        if (template.isConstant()) {
            return exchange -> rule.key().isEmpty() ? null : prefix;
        }
        var resolved = resolved(template);
        return exchange -> {
            var name = resolved.of(exchange);
            return name == null || name.isEmpty() ? null : prefix + name;
        };
    }

    private static CounterName resolved(Template template) {
        return exchange -> {
            var rendered = template.rendered(exchange);
            return rendered.resolved() == 0 ? null : rendered.text();
        };
    }

    private static CounterName orClient(CounterName name) {
        return exchange -> {
            var own = name.of(exchange);
            return own == null ? CLIENT.text(exchange) : own;
        };
    }
}
