package io.suimon.engine.expression;

import io.suimon.engine.http.Exchange;
import java.util.List;

/** A node of a compiled expression. Immutable. */
sealed interface Condition {

    boolean test(Exchange exchange);

    boolean readsBody();

    /** A variable compared with a literal. */
    record Comparison(Variable variable, Comparator comparator, boolean negated) implements Condition {

        @Override
        public boolean test(Exchange exchange) {
            return comparator.holds(variable.value(exchange)) != negated;
        }

        @Override
        public boolean readsBody() {
            return variable.readsBody();
        }
    }

    /** All of them, or not all. */
    record All(List<Condition> operands, boolean negated) implements Condition {

        public All {
            operands = List.copyOf(operands);
        }

        @Override
        public boolean test(Exchange exchange) {
            for (int i = 0; i < operands.size(); i++) {
                if (!operands.get(i).test(exchange)) {
                    return negated;
                }
            }
            return !negated;
        }

        @Override
        public boolean readsBody() {
            return operands.stream().anyMatch(Condition::readsBody);
        }
    }

    /** Any of them, or none. */
    record Any(List<Condition> operands, boolean negated) implements Condition {

        public Any {
            operands = List.copyOf(operands);
        }

        @Override
        public boolean test(Exchange exchange) {
            for (int i = 0; i < operands.size(); i++) {
                if (operands.get(i).test(exchange)) {
                    return !negated;
                }
            }
            return negated;
        }

        @Override
        public boolean readsBody() {
            return operands.stream().anyMatch(Condition::readsBody);
        }
    }
}
