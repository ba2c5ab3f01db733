package io.suimon.controlplane.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Makes a JSON tree of the nodes of a YAML text, aliases unfolded, within a budget. One per text; one thread. */
final class YamlTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> TRUE = Set.of("true", "yes", "on");

    /** Longer numbers are more than JSON here bears, and cost more than their text. */
    private static final int MAX_DIGITS = 400;

    private final int maxDepth;
    private int budget;

    /** @param budget how many nodes and characters the tree may have */
    YamlTree(int budget, int maxDepth) {
        this.budget = budget;
        this.maxDepth = maxDepth;
    }

    /** Empty when there is something that JSON has no words for, or too much of it. */
    Optional<JsonNode> read(Node root) {
        return node(root, 0);
    }

    private Optional<JsonNode> node(Node node, int depth) {
        if (depth > maxDepth || --budget < 0) {
            return Optional.empty();
        }
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence when Tag.SEQ.equals(sequence.getTag()) -> sequence(sequence, depth);
            case MappingNode mapping when Tag.MAP.equals(mapping.getTag()) -> mapping(mapping, depth);
            default -> Optional.empty();
        };
    }

    private Optional<JsonNode> sequence(SequenceNode sequence, int depth) {
        var array = Json.newArray();
        for (var item : sequence.getValue()) {
            var value = node(item, depth + 1);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            array.add(value.get());
        }
        return Optional.of(array);
    }

    /** Members of the mapping itself win over those it takes in with {@code <<}. */
    private Optional<JsonNode> mapping(MappingNode mapping, int depth) {
        var own = Json.newObject();
        var taken = Json.newObject();
        for (var member : mapping.getValue()) {
            if (!(member.getKeyNode() instanceof ScalarNode key)) {
                return Optional.empty();
            }
            budget -= key.getValue().length();
            boolean merge = Tag.MERGE.equals(key.getTag());
            var value = node(member.getValueNode(), depth + 1);
            if (value.isEmpty() || (merge && !takeIn(value.get(), taken))) {
                return Optional.empty();
            }
            if (!merge) {
                own.set(key.getValue(), value.get());
            }
        }
        taken.properties().forEach(member -> own.putIfAbsent(member.getKey(), member.getValue()));
        return Optional.of(own);
    }

    private static boolean takeIn(JsonNode value, ObjectNode into) {
        var sources = value.isArray() ? value : List.of(value);
        for (var source : sources) {
            if (!source.isObject()) {
                return false;
            }
            source.properties().forEach(member -> into.putIfAbsent(member.getKey(), member.getValue()));
        }
        return true;
    }

    private Optional<JsonNode> scalar(ScalarNode scalar) {
        var text = scalar.getValue();
        var tag = scalar.getTag();
        budget -= text.length();
        if (budget < 0) {
            return Optional.empty();
        }
        if (Tag.INT.equals(tag) || Tag.FLOAT.equals(tag)) {
            return number(text);
        }
        if (Tag.BOOL.equals(tag)) {
            return Optional.of(NODES.booleanNode(TRUE.contains(text.toLowerCase(Locale.ROOT))));
        }
        if (Tag.NULL.equals(tag)) {
            return Optional.of(NODES.nullNode());
        }
        boolean plain = Tag.STR.equals(tag) || Tag.TIMESTAMP.equals(tag) || Tag.MERGE.equals(tag);
        return plain ? Optional.of(NODES.textNode(text)) : Optional.empty();
    }

    /** What YAML 1.1 counts in sixties ({@code 1:30}) is left as text: here it is a time, an address or a port. */
    private static Optional<JsonNode> number(String text) {
        if (text.indexOf(':') >= 0) {
            return Optional.of(NODES.textNode(text));
        }
        var digits = text.replace("_", "");
        if (digits.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        try {
            return Optional.of(digits.matches("[-+]?0[0-9a-fA-Fxb]+") ? based(digits) : decimal(digits));
        } catch (NumberFormatException e) {
            // .inf and .nan, or a tag that says number of something else.
            return Optional.empty();
        }
    }

    private static JsonNode decimal(String digits) {
        var number = new BigDecimal(digits);
        return number.scale() == 0 ? NODES.numberNode(number.toBigIntegerExact()) : NODES.numberNode(number);
    }

    private static JsonNode based(String digits) {
        boolean negative = digits.startsWith("-");
        var plain = digits.replaceFirst("^[-+]", "");
        var number = switch (plain.charAt(1)) {
            case 'x' -> new BigInteger(plain.substring(2), 16);
            case 'b' -> new BigInteger(plain.substring(2), 2);
            default -> new BigInteger(plain, 8);
        };
        return NODES.numberNode(negative ? number.negate() : number);
    }
}
