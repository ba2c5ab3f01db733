package io.suimon.engine.regex;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The groups of a pattern that capture. All of them go by number in what is translated: Java's names may have no underscore, and
 * nothing asks for a name later. Belongs to one translation.
 */
final class CapturingGroups {

    private static final String ABSENT = "reference to non-existent subpattern";

    private final PatternReader in;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<String> awaited = new HashSet<>();
    private int opened;
    private int furthest;

    CapturingGroups(PatternReader in) {
        this.in = in;
    }

    int opened() {
        return opened;
    }

    void open() {
        opened++;
    }

    void open(String name) {
        open();
        if (numbers.put(name, opened) != null) {
            throw in.refused("two named subpatterns have the same name");
        }
    }

    /** Reads a name and what ends it. */
    String name(String end) {
        var name = in.word();
        if (name.isEmpty()) {
            throw in.refused("subpattern name expected");
        }
        if (Character.isDigit(name.charAt(0))) {
            throw in.refused("subpattern name must start with a non-digit");
        }
        if (!in.take(end)) {
            throw in.refused("syntax error in subpattern name (missing terminator?)");
        }
        return name;
    }

    /** A reference to the group of this name. */
    Escape.Item named(String name) {
        var number = numbers.get(name);
        if (number == null) {
            awaited.add(name);
            return reference(0);
        }
        return reference(number);
    }

    /** A reference to the group of this number. */
    Escape.Item numbered(int number) {
        if (number < 1) {
            throw in.refused(ABSENT);
        }
        if (number > opened) {
            furthest = Math.max(furthest, number);
        }
        return reference(number);
    }

    private static Escape.Item reference(int number) {
        return new Escape.Item("(?:\\" + number + ")", true); // in a group, for the digits that may follow
    }

    /** Refuses references to groups that are not there, or not yet. Called when all of the pattern is read. */
    void requireReferenced() {
        if (furthest > opened || !numbers.keySet().containsAll(awaited)) {
            throw in.refused(ABSENT);
        }
        if (furthest > 0 || !awaited.isEmpty()) {
            throw in.unsupported(
                    "a reference to a later group"); // what Java remembers of one, it may have tried in vain
        }
    }
}
