package io.suimon.engine.plugins.limitcount;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.engine.expression.Template;
import io.suimon.engine.http.Exchange;

/** A positive number, or a template for one. Immutable. */
public sealed interface Quantity {

    /** No number: what a template came to that gives none. */
    long NONE = 0;

    /** The most there can be of anything: as seconds, longer than a process lives, and still a number of nanoseconds. */
    long MOST = 1_000_000_000L;

    /** A number. */
    record Constant(long value) implements Quantity {
        public Constant {
            if (value > MOST) {
                throw new IllegalArgumentException("count, time_window: " + value + " (expected: 1.." + MOST + ")");
            }
        }

        @Override
        public long of(Exchange exchange) {
            return value;
        }

        @Override
        public boolean readsBody() {
            return false;
        }
    }

    /** Text that becomes one. */
    record Rendered(Template template) implements Quantity {

        private static final int MOST_DIGITS = 10;

        @Override
        public long of(Exchange exchange) {
            var text = template.render(exchange);
            long value = 0;
            for (int i = 0; i < text.length(); i++) {
                int digit = text.charAt(i) - '0';
                if (digit < 0 || digit > 9 || i == MOST_DIGITS) {
                    return NONE;
                }
                value = value * 10 + digit;
            }
            return value <= MOST ? value : NONE;
        }

        @Override
        public boolean readsBody() {
            return template.readsBody();
        }
    }

    /** The number for this exchange, {@link #NONE} when there is none. */
    long of(Exchange exchange);

    /** Whether it speaks of the request's body. */
    boolean readsBody();

    @JsonCreator
    static Quantity of(JsonNode json) {
        return json.isTextual() ? new Rendered(Template.parse(json.textValue())) : new Constant(json.longValue());
    }
}
