package io.suimon.engine.expression;

import io.suimon.engine.expression.BodyPath.Parsed;
import io.suimon.engine.expression.BodyPath.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one {@link BodyPath}. */
final class BodyPathParser {

    private static final int MAX_DIGITS = 9;

    private final String text;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    BodyPathParser(String text) {
        this.text = text;
    }

    Parsed parse() {
        if (text.isEmpty()) {
            return new Parsed.Malformed(".");
        }
        if (!text.startsWith("[") && !text.startsWith("..") && !member()) {
            return malformed();
        }
        while (at < text.length()) {
            boolean read;
            if (text.startsWith("..", at)) {
                at += 2;
                steps.add(new Step.Descend());
                read = peek('[') || member();
            } else if (peek('.')) {
                at++;
                read = member();
            } else {
                read = peek('[') && bracket();
            }
            if (!read) {
                return malformed();
            }
        }
        return new Parsed.Valid(new BodyPath(steps, isPlain()));
    }

    private boolean isPlain() {
        return text.indexOf('[') < 0 && text.indexOf('*') < 0 && !text.contains("..");
    }

    private Parsed malformed() {
        return new Parsed.Malformed(at < text.length() ? text.substring(at) : text.substring(text.length() - 1));
    }

    private boolean peek(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    /** A name up to the next dot or bracket, or a star. */
    private boolean member() {
        if (peek('*')) {
            at++;
            steps.add(new Step.Any());
            return true;
        }
        int from = at;
        while (at < text.length() && ".[]*".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == from) {
            return false;
        }
        steps.add(new Step.Name(text.substring(from, at)));
        return true;
    }

    private boolean bracket() {
        int start = at++;
        int mark = steps.size();
        if (insideBracket() && peek(']')) {
            at++;
            return true;
        }
        at = start;
        steps.subList(mark, steps.size()).clear();
        return false;
    }

    private boolean insideBracket() {
        if (peek('\'') || peek('"')) {
            return quoted();
        }
        return peek('*') ? member() : indexOrSlice();
    }

    private boolean quoted() {
        int end = text.indexOf(text.charAt(at), at + 1);
        if (end < 0) {
            return false;
        }
        steps.add(new Step.Name(text.substring(at + 1, end)));
        at = end + 1;
        return true;
    }

    private boolean indexOrSlice() {
        var first = integer();
        if (!peek(':')) {
            if (first == null) {
                return false;
            }
            steps.add(new Step.Index(first));
            return true;
        }
        at++;
        var second = integer();
        steps.add(new Step.Slice(first == null ? 0 : first, second == null ? Integer.MAX_VALUE : second));
        return true;
    }

    private @Nullable Integer integer() {
        int from = at;
        if (peek('-')) {
            at++;
        }
        int digits = at;
        while (at < text.length() && at - digits < MAX_DIGITS && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at == digits ? null : Integer.valueOf(text.substring(from, at));
    }
}
