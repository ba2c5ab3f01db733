package io.suimon.engine.routing;

import io.suimon.engine.http.PathCapture;
import io.suimon.engine.http.RequestPath;
import io.suimon.engine.text.WireText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path pattern: the bytes a path equals or begins with, and what is left to check then. Immutable.
 *
 * <p>Segments of a pattern are matched with whole segments of a path: a star with one or more of any kind, as many as possible
 * for the first star; {@code :name} with one that is not empty. A star or colon inside a segment's text ends the pattern: what
 * follows is not checked.
 */
final class PathPattern implements PathCapture {

    private static final String REST = ":ext";

    private enum Kind {
        LITERAL,
        ONE,
        MANY,
        /** Many, of which the first begins with a text. */
        TAIL
    }

    private record Token(Kind kind, byte[] text, String name) {

        boolean isMany() {
            return kind == Kind.MANY || kind == Kind.TAIL;
        }

        boolean captures() {
            return kind == Kind.ONE || kind == Kind.MANY;
        }
    }

    private final String text;
    private final byte[] prefix;
    private final boolean exact;
    private final List<Token> tokens;
    private final boolean captures;
    private final boolean checked;

    private PathPattern(String text, int special, List<Token> tokens) {
        this.text = text;
        this.exact = special < 0;
        this.prefix = WireText.bytes(exact ? text : text.substring(0, special));
        this.tokens = List.copyOf(tokens);
        this.captures = tokens.stream().anyMatch(Token::captures);
        long open = tokens.stream().filter(token -> token.kind != Kind.LITERAL).count();
        boolean onlyRest = open == 1
                && tokens.getLast().kind == Kind.MANY
                && !text.substring(0, special).contains("*");
        this.checked = captures && !onlyRest;
    }

    /**
     * Reads a pattern.
     *
     * @param parameters whether {@code :name} is more than text
     */
    static PathPattern parse(String pattern, boolean parameters) {
        var text = WireText.of(pattern);
        int star = text.indexOf('*');
        int colon = parameters ? text.indexOf(':') : -1;
        int special = colon >= 0 ? colon : star;
        return new PathPattern(text, special, special < 0 ? List.of() : tokens(text, parameters));
    }

    private static List<Token> tokens(String text, boolean parameters) {
        var tokens = new ArrayList<Token>();
        int from = 0;
        while (from <= text.length()) {
            int slash = text.indexOf('/', from);
            int to = slash < 0 ? text.length() : slash;
            var token = token(text.substring(from, to), parameters);
            tokens.add(token);
            if (token.kind == Kind.TAIL) {
                break;
            }
            from = to + 1;
        }
        return tokens;
    }

    private static Token token(String segment, boolean parameters) {
        if (segment.startsWith("*")) {
            return new Token(Kind.MANY, new byte[0], segment.length() == 1 ? REST : segment.substring(1));
        }
        if (parameters && segment.startsWith(":")) {
            return new Token(Kind.ONE, new byte[0], segment.substring(1));
        }
        int star = segment.indexOf('*');
        int colon = parameters ? segment.indexOf(':') : -1;
        int special = star < 0 ? colon : colon < 0 ? star : Math.min(star, colon);
        return special < 0
                ? new Token(Kind.LITERAL, WireText.bytes(segment), "")
                : new Token(Kind.TAIL, WireText.bytes(segment.substring(0, special)), "");
    }

    String text() {
        return text;
    }

    /** What the path begins with, or is. */
    byte[] prefix() {
        return prefix;
    }

    /** Whether the path is nothing but the prefix. */
    boolean isExact() {
        return exact;
    }

    /** Whether a path that begins with the prefix matches. */
    boolean matches(RequestPath path) {
        return !checked || match(path.bytes(), path.start(), path.end(), null);
    }

    @Override
    public Map<String, String> in(RequestPath path) {
        int[] spans = new int[tokens.size() * 2];
        if (!captures || !match(path.bytes(), path.start(), path.end(), spans)) {
            return Map.of();
        }
        var captured = new HashMap<String, String>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).captures()) {
                captured.put(tokens.get(i).name, WireText.of(path.bytes(), spans[i * 2], spans[i * 2 + 1]));
            }
        }
        return captured;
    }

    /**
     * Matches from the last segment to the first. The many-token met last takes one segment more whenever nothing else helps;
     * those behind it need not change any more, so the work is bounded by segments times tokens.
     */
    private boolean match(byte[] path, int start, int end, int @Nullable [] spans) {
        int token = tokens.size() - 1;
        int to = end;
        int many = -1;
        int manyNext = 0;
        while (to >= start) {
            int from = segmentStart(path, start, to);
            if (token >= 0 && tokens.get(token).isMany()) {
                many = token;
                manyNext = from - 1;
                record(spans, token, from, to);
                if (begins(tokens.get(token), path, from, to)) {
                    token--;
                    to = from - 1;
                    continue;
                }
            } else if (token >= 0 && matches(tokens.get(token), path, from, to)) {
                record(spans, token, from, to);
                token--;
                to = from - 1;
                continue;
            }
            if (many < 0) {
                return false;
            }
            do {
                if (manyNext < start) {
                    return false;
                }
                from = segmentStart(path, start, manyNext);
                to = manyNext;
                manyNext = from - 1;
            } while (!begins(tokens.get(many), path, from, to));
            extend(spans, many, from);
            token = many - 1;
            to = from - 1;
        }
        return token < 0;
    }

    private static void record(int @Nullable [] spans, int token, int from, int to) {
        if (spans != null) {
            spans[token * 2] = from;
            spans[token * 2 + 1] = to;
        }
    }

    private static void extend(int @Nullable [] spans, int token, int from) {
        if (spans != null) {
            spans[token * 2] = from;
        }
    }

    private static int segmentStart(byte[] path, int start, int to) {
        int from = to;
        while (from > start && path[from - 1] != '/') {
            from--;
        }
        return from;
    }

    private static boolean begins(Token token, byte[] path, int from, int to) {
        int length = token.text.length;
        return to - from >= length && Arrays.equals(path, from, from + length, token.text, 0, length);
    }

    private static boolean matches(Token token, byte[] path, int from, int to) {
        return token.kind == Kind.ONE ? to > from : Arrays.equals(path, from, to, token.text, 0, token.text.length);
    }
}
