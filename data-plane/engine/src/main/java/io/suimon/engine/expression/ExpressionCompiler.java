package io.suimon.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads expressions and says what is wrong with them. */
final class ExpressionCompiler {

    private static final String BODY_FIELD = "post_arg.";

    private ExpressionCompiler() {}

    static Condition compile(JsonNode json) throws InvalidExpressionException {
        if (!json.isArray()) {
            throw new InvalidExpressionException("rule should be wrapped inside brackets");
        }
        if (json.isEmpty()) {
            return new Condition.All(List.of(), false);
        }
        if (!json.get(0).isArray() && !isLogic(json.get(0))) {
            throw new InvalidExpressionException("rule should be wrapped inside brackets");
        }
        return rule(json);
    }

    private static Condition rule(JsonNode json) throws InvalidExpressionException {
        if (!json.isArray()) {
            throw new InvalidExpressionException("invalid expression");
        }
        if (json.isEmpty()) {
            throw new InvalidExpressionException("rule too short");
        }
        if (json.get(0).isArray()) {
            return new Condition.All(operands(json, 0), false);
        }
        return isLogic(json.get(0)) ? logic(json) : comparison(json);
    }

    private static boolean isLogic(JsonNode first) {
        return switch (upperCase(first)) {
            case "AND", "OR", "!AND", "!OR" -> true;
            default -> false;
        };
    }

    private static String upperCase(JsonNode node) {
        return node.isTextual() ? node.textValue().toUpperCase(Locale.ROOT) : "";
    }

    private static Condition logic(JsonNode json) throws InvalidExpressionException {
        if (json.size() < 3) {
            throw new InvalidExpressionException("rule too short");
        }
        var operator = upperCase(json.get(0));
        var operands = operands(json, 1);
        boolean negated = operator.startsWith("!");
        return operator.endsWith("AND") ? new Condition.All(operands, negated) : new Condition.Any(operands, negated);
    }

    private static List<Condition> operands(JsonNode json, int from) throws InvalidExpressionException {
        var operands = new ArrayList<Condition>();
        for (int i = from; i < json.size(); i++) {
            operands.add(rule(json.get(i)));
        }
        return operands;
    }

    private static Condition comparison(JsonNode json) throws InvalidExpressionException {
        var name = json.get(0);
        if (!name.isTextual() || json.size() < 2 || json.size() > 4) {
            throw new InvalidExpressionException("invalid expression");
        }
        var variable = variable(name.textValue());
        if (json.size() == 2) {
            if (isOperator(json.get(1))) {
                throw new InvalidExpressionException("invalid expression");
            }
            return new Condition.Comparison(variable, comparator("==", json.get(1)), false);
        }
        boolean negated = json.size() == 4;
        if (negated && !json.get(1).asText().equals("!")) {
            throw new InvalidExpressionException("bad 'not' expression");
        }
        var operator = json.get(negated ? 2 : 1);
        return new Condition.Comparison(variable, comparator(operator.asText(), json.get(json.size() - 1)), negated);
    }

    private static boolean isOperator(JsonNode node) {
        var name = node.isTextual() ? node.textValue().toLowerCase(Locale.ROOT) : "";
        return name.equals("!") || Comparator.OPERATORS.containsKey(name);
    }

    private static Comparator comparator(String name, JsonNode literal) throws InvalidExpressionException {
        var operator = Comparator.OPERATORS.get(name.toLowerCase(Locale.ROOT));
        if (operator == null) {
            throw new InvalidExpressionException("invalid operator '" + name + "'");
        }
        return operator.with(literal);
    }

    private static Variable variable(String name) throws InvalidExpressionException {
        if (name.startsWith(BODY_FIELD)) {
            var path = name.substring(BODY_FIELD.length());
            if (BodyPath.parse(path) instanceof BodyPath.Parsed.Malformed(var near)) {
                throw new InvalidExpressionException("invalid expression \"$." + path + "\" near \"" + near + "\"");
            }
        }
        return Variable.of(name);
    }
}
