package io.suimon.engine.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** What a match is replaced by: text with {@code $0}, {@code $1}, {@code ${1}} for what was captured, {@code $$} for a dollar. */
final class Replacement {

    private sealed interface Part {
        record Literal(String text) implements Part {}

        record Group(int number) implements Part {}
    }

    private final List<Part> parts;

    private Replacement(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a replacement.
     *
     * @throws IllegalArgumentException when a dollar stands before anything else
     */
    static Replacement parse(String text) {
        var parts = new ArrayList<Part>();
        var literal = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c != '$') {
                literal.append(c);
            } else if (text.startsWith("$", i)) {
                literal.append('$');
                i++;
            } else {
                boolean braced = text.startsWith("{", i);
                int from = braced ? i + 1 : i;
                int to = endOfDigits(text, from);
                if (to == from || (braced && !text.startsWith("}", to))) {
                    throw new IllegalArgumentException("failed to compile the replacement template");
                }
                parts.add(new Part.Literal(literal.toString()));
                literal.setLength(0);
                parts.add(new Part.Group(Integer.parseInt(text, from, to, 10)));
                i = braced ? to + 1 : to;
            }
        }
        parts.add(new Part.Literal(literal.toString()));
        return new Replacement(parts);
    }

    private static int endOfDigits(String text, int from) {
        int i = from;
        while (i < text.length() && i - from < 4 && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    void appendTo(StringBuilder out, Matcher match) {
        for (var part : parts) {
            switch (part) {
                case Part.Literal(var text) -> out.append(text);
                case Part.Group(var number) -> {
                    var captured = number <= match.groupCount() ? match.group(number) : null;
                    out.append(captured == null ? "" : captured);
                }
            }
        }
    }
}
