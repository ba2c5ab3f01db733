package io.suimon.engine.regex;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Translates a pattern from PCRE's syntax into Java's. What the two read differently is written so that Java does what PCRE would;
 * what Java cannot do is refused. Belongs to one translation.
 */
final class PcreSyntax {

    /** How deep groups may lie in each other, as in PCRE. */
    static final int MAX_NESTING = 250;

    private static final String BLANKS = " \t\n\u000b\f\r";

    /**
     * What is said once for all of a pattern.
     *
     * @param unicode whether texts are characters and not bytes
     * @param veryEnd whether {@code $} is not also the place before a last line feed
     * @param scope what holds where it starts
     */
    record Options(boolean unicode, boolean veryEnd, Scope scope) {}

    private final PatternReader in;
    private final JavaPattern out = new JavaPattern();
    private final CapturingGroups groups;
    private final EscapeReader escapes;
    private final Brackets brackets;
    private final OpeningReader openings;
    private final boolean veryEnd;
    private final Deque<Scope> around = new ArrayDeque<>();
    private Scope scope;
    private boolean repeatable;

    private PcreSyntax(PatternReader in, Options options) {
        this.in = in;
        this.groups = new CapturingGroups(in);
        this.escapes = new EscapeReader(in, groups, options.unicode);
        this.brackets = new Brackets(in, escapes, out);
        this.openings = new OpeningReader(in, groups);
        this.veryEnd = options.veryEnd;
        this.scope = options.scope;
    }

    /**
     * The pattern as Java writes it, without Java's flag for comments.
     *
     * @throws IllegalArgumentException in PCRE's words
     */
    static String toJava(PatternReader in, Options options) {
        return new PcreSyntax(in, options).translate();
    }

    private String translate() {
        for (skip(); !in.atEnd(); skip()) {
            element();
        }
        if (!around.isEmpty()) {
            throw in.refused("missing closing parenthesis");
        }
        groups.requireReferenced();
        return out.toString();
    }

    /** Steps over what counts for nothing: ends of no quotes, comments, blanks. */
    private void skip() {
        boolean skipping = true;
        while (skipping) {
            skipping = in.take("\\E") || comment() || (scope.extended() && in.takeAny(BLANKS) != 0);
        }
    }

    private boolean comment() {
        if (in.take("(?#")) {
            in.until(")", "missing ) after (?# comment");
            return true;
        }
        if (scope.extended() && in.take("#")) {
            in.until("\n");
            return true;
        }
        return false;
    }

    private void element() {
        int c = in.next();
        switch (c) {
            case '\\' -> escape();
            case '[' -> {
                brackets.translate();
                repeatable = true;
            }
            case '(' -> open();
            case ')' -> close();
            case '|', '^' -> add(Character.toString(c), false);
            case '$' -> add(veryEnd && !scope.multiline() ? "\\z" : "$", false);
            case '.' -> add(".", true);
            case '*', '+', '?' -> quantifier(Character.toString(c));
            case '{' -> {
                var quantifier = BracedQuantifier.read(in);
                if (quantifier.isEmpty()) {
                    literal(c);
                } else {
                    quantifier(quantifier);
                }
            }
            default -> literal(c);
        }
    }

    private void add(String java, boolean canBeRepeated) {
        out.syntax(java);
        repeatable = canBeRepeated;
    }

    private void literal(int c) {
        out.literal(c);
        repeatable = true;
    }

    private void escape() {
        switch (escapes.read(false)) {
            case Escape.Literal(int code) -> literal(code);
            case Escape.Quote(var text) -> {
                out.literals(text);
                repeatable |= !text.isEmpty();
            }
            case Escape.AnyOf(var java) -> add(java, true);
            case Escape.Item(var java, boolean canBeRepeated) -> add(java, canBeRepeated);
        }
    }

    private void open() {
        switch (openings.read(scope)) {
            case Opening.Group(var java, var inside) -> {
                if (around.size() == MAX_NESTING) {
                    throw in.refused("parentheses are too deeply nested");
                }
                around.push(scope);
                scope = inside;
                add(java, false);
            }
            case Opening.Setting(var java, var now) -> {
                scope = now;
                add(java, false);
            }
            case Opening.Reference(var item) -> add(item.java(), item.repeatable());
        }
    }

    private void close() {
        if (around.isEmpty()) {
            throw in.refused("unmatched closing parenthesis");
        }
        scope = around.pop();
        add(")", true);
    }

    private void quantifier(String java) {
        if (!repeatable) {
            throw in.refused("quantifier does not follow a repeatable item");
        }
        skip();
        int manner = in.takeAny("+?");
        add(java + (manner == 0 ? "" : Character.toString(manner)), false);
    }
}
