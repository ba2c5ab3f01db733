package io.suimon.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads some members of JSON objects and passes by the others: what a search among 100,000 of them looks at is a small part of each.
 * Immutable.
 */
public final class JsonMembers {

    /** Larger texts are parsed, as are the unusual ones: the parser has limits for parts of them that are not looked for here. */
    private static final int MAX_SCANNED = 50_000;

    /**
     * A member that is wanted.
     *
     * @param bytes its name as UTF-8
     * @param members what is wanted of its value; null means all of it
     */
    private record Name(String text, byte[] bytes, @Nullable JsonMembers members) {}

    private final List<Name> wanted;

    private JsonMembers(List<Name> wanted) {
        this.wanted = wanted;
    }

    /** For the members of these names; of a value that is an object those named with it, or all where none is. */
    public static JsonMembers of(Map<String, Set<String>> names) {
        return new JsonMembers(names.entrySet().stream()
                .map(name -> new Name(
                        name.getKey(),
                        name.getKey().getBytes(StandardCharsets.UTF_8),
                        name.getValue().isEmpty() ? null : of(name.getValue())))
                .toList());
    }

    private static JsonMembers of(Set<String> names) {
        return of(names.stream().collect(Collectors.toMap(name -> name, name -> Set.of())));
    }

    /** What is stored, if it is JSON: of an object the members of these names, as they are in it, and perhaps others. */
    public Optional<JsonNode> read(byte[] stored) {
        try {
            var some = stored.length > MAX_SCANNED ? null : members(stored);
            return Optional.of(some == null ? Json.parse(stored) : some);
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    /** Null when the parser has to look. */
    private @Nullable ObjectNode members(byte[] json) throws InvalidJsonException {
        var scan = new JsonScan(json);
        int next = scan.afterBlanks(0);
        if (scan.at(next) != '{') {
            return null;
        }
        var members = Json.newObject();
        next = scan.afterBlanks(next + 1);
        boolean more = scan.at(next) != '}';
        while (more) {
            int value = scan.afterName(next);
            if (value == JsonScan.UNCLEAR || scan.escaped()) {
                return null;
            }
            var name = wanted(json, next + 1);
            int end = scan.afterValue(value);
            if (end == JsonScan.UNCLEAR) {
                return null;
            }
            if (name != null) {
                members.set(name.text(), value(scan, name, json, value, end));
            }
            next = scan.afterBlanks(end);
            more = scan.at(next) == ',';
            next = more ? scan.afterBlanks(next + 1) : next;
        }
        boolean whole = scan.at(next) == '}' && scan.afterBlanks(next + 1) == json.length;
        return whole && (!scan.foreign() || Json.isUtf8(json)) ? members : null;
    }

    private @Nullable Name wanted(byte[] json, int begin) {
        for (var name : wanted) {
            int end = begin + name.bytes().length;
            if (end < json.length
                    && json[end] == '"'
                    && Arrays.equals(json, begin, end, name.bytes(), 0, name.bytes().length)) {
                return name;
            }
        }
        return null;
    }

    private static JsonNode value(JsonScan scan, Name name, byte[] json, int begin, int end)
            throws InvalidJsonException {
        if (json[begin] == '"' && !scan.escaped()) {
            return TextNode.valueOf(new String(json, begin + 1, end - begin - 2, StandardCharsets.UTF_8));
        }
        var value = Arrays.copyOfRange(json, begin, end);
        var some = name.members() == null ? null : name.members().members(value);
        return some == null ? Json.parse(value) : some;
    }
}
