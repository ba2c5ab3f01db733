package io.suimon.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.engine.net.CidrBlock;
import io.suimon.engine.net.IpLiteral;
import io.suimon.engine.regex.BoundedRegex;
import io.suimon.engine.regex.UnsupportedPatternException;
import io.suimon.engine.text.WireText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

import static java.util.Map.entry;

/** An operator with its right side: what is left to know is the variable's value. Immutable. */
@FunctionalInterface
interface Comparator {

    /**
     * Whether it holds for this value.
     *
     * @param value null when the variable is absent
     */
    boolean holds(@Nullable Object value);

    /** Makes a comparator of a literal. */
    @FunctionalInterface
    interface Operator {
        Comparator with(JsonNode literal) throws InvalidExpressionException;
    }

    /** Compares numbers. */
    @FunctionalInterface
    interface Order {
        boolean test(double left, double right);
    }

    /** The operators, by lower-case name. */
    Map<String, Operator> OPERATORS = Map.ofEntries(
            entry("==", Comparator::equalTo),
            entry("~=", literal -> not(equalTo(literal))),
            entry(">", literal -> numeric(literal, (left, right) -> left > right)),
            entry(">=", literal -> numeric(literal, (left, right) -> left >= right)),
            entry("<", literal -> numeric(literal, (left, right) -> left < right)),
            entry("<=", literal -> numeric(literal, (left, right) -> left <= right)),
            entry("~~", literal -> matching(literal, false)),
            entry("~*", literal -> matching(literal, true)),
            entry("in", Comparator::oneOf),
            entry("has", Comparator::containing),
            entry("ipmatch", Comparator::inBlocks));

    Comparator NEVER = value -> false;

    private static Comparator not(Comparator comparator) {
        return value -> !comparator.holds(value);
    }

    /** A number is compared as a number, whatever the value is; all else has to be of the same type. */
    private static Comparator equalTo(JsonNode literal) {
        if (literal.isNumber()) {
            double right = literal.doubleValue();
            return value -> Values.toNumber(value) == right; // not a number equals nothing
        }
        var right = plain(literal);
        return literal.isNull() ? value -> value == null : value -> same(value, right);
    }

    private static Comparator numeric(JsonNode literal, Order order) {
        double right = literal.isNumber() ? literal.doubleValue() : Values.toNumber(plain(literal));
        return value -> order.test(Values.toNumber(value), right);
    }

    private static Comparator matching(JsonNode literal, boolean ignoreCase) throws InvalidExpressionException {
        if (!literal.isTextual() && !literal.isNumber()) {
            return NEVER;
        }
        try {
            var regex = BoundedRegex.compile(literal.asText(), ignoreCase ? "i" : "");
            return value -> (value instanceof String || value instanceof Number) && regex.foundIn(Values.text(value));
        } catch (UnsupportedPatternException e) {
            // What is a pattern to PCRE would be expected to match.
            throw new InvalidExpressionException(e.reason());
        } catch (IllegalArgumentException e) {
            return NEVER; // accepted, and never matches
        }
    }

    private static Comparator oneOf(JsonNode literal) {
        if (!literal.isArray()) {
            return NEVER;
        }
        var elements = new ArrayList<Object>();
        for (var element : literal) {
            var value = plain(element);
            if (value != null) {
                elements.add(value);
            }
        }
        return value -> anySame(elements, value);
    }

    private static Comparator containing(JsonNode literal) {
        var right = plain(literal);
        return value -> right != null && value instanceof List<?> list && anySame(list, right);
    }

    private static Comparator inBlocks(JsonNode literal) throws InvalidExpressionException {
        var blocks = new ArrayList<CidrBlock>();
        if (literal.isArray()) {
            for (var element : literal) {
                blocks.add(block(element));
            }
        } else {
            blocks.add(block(literal));
        }
        return value -> value instanceof String text && anyContains(blocks, text);
    }

    private static boolean anyContains(List<CidrBlock> blocks, String text) {
        byte[] address = IpLiteral.bytes(text);
        if (address == null) {
            return false;
        }
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static CidrBlock block(JsonNode literal) throws InvalidExpressionException {
        try {
            return CidrBlock.parse(literal.asText());
        } catch (IllegalArgumentException e) {
            throw new InvalidExpressionException("invalid ip address: " + literal.asText());
        }
    }

    private static boolean anySame(List<?> elements, @Nullable Object value) {
        for (int i = 0; i < elements.size(); i++) {
            if (same(value, elements.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return a.doubleValue() == b.doubleValue();
        }
        return left != null && left.equals(right);
    }

    /** Text, truth and numbers; lists and objects equal nothing, as they are no values to compare with. */
    private static @Nullable Object plain(JsonNode literal) {
        return switch (literal.getNodeType()) {
            case STRING -> WireText.of(literal.textValue());
            case BOOLEAN -> literal.booleanValue();
            case NUMBER -> literal.doubleValue();
            case ARRAY, OBJECT, NULL, MISSING, BINARY, POJO -> null;
        };
    }
}
