package io.suimon.controlplane.json;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first error in a text that is not JSON, and says it in the words of APISIX's parser: {@code Expected value but found
 * T_END at character 8}. Characters count from 1.
 *
 * <p>Not thread-safe: one per text.
 */
final class JsonSyntax {

    private enum Token {
        T_OBJ_BEGIN,
        T_OBJ_END,
        T_ARR_BEGIN,
        T_ARR_END,
        T_STRING,
        T_NUMBER,
        T_BOOLEAN,
        T_NULL,
        T_COLON,
        T_COMMA,
        T_END,
        T_ERROR
    }

    private final String text;

    /** The objects and arrays around the position. Not the call stack: a thread's may be too small for what is nested. */
    private final Deque<Token> open = new ArrayDeque<>();

    private boolean opened;
    private int position;
    private int tokenStart;
    private String tokenError = "";

    private JsonSyntax(String text) {
        this.text = text;
    }

    /** The message about a text that a parser refused. */
    static String complaintAbout(String text) {
        var complaint = new JsonSyntax(text).document();
        return complaint == null ? "Expected value but found invalid token at character 1" : complaint;
    }

    private @Nullable String document() {
        var complaint = value(next());
        while (complaint == null && !open.isEmpty()) {
            boolean first = opened;
            opened = false;
            complaint = open.getLast() == Token.T_OBJ_BEGIN ? inObject(first) : inArray(first);
        }
        if (complaint != null) {
            return complaint;
        }
        var token = next();
        return token == Token.T_END ? null : expected("the end", token);
    }

    /** A scalar is read; what is in an object or an array still is to be. */
    private @Nullable String value(Token token) {
        return switch (token) {
            case T_STRING, T_NUMBER, T_BOOLEAN, T_NULL -> null;
            case T_OBJ_BEGIN, T_ARR_BEGIN -> {
                if (open.size() == Json.MAX_DEPTH) {
                    yield tooDeep();
                }
                open.addLast(token);
                opened = true;
                yield null;
            }
            case T_OBJ_END, T_ARR_END, T_COLON, T_COMMA, T_END, T_ERROR -> expected("value", token);
        };
    }

    /** The next member of the innermost object, or its end. */
    private @Nullable String inObject(boolean first) {
        var token = next();
        if (token == Token.T_OBJ_END) {
            open.removeLast();
            return null;
        }
        if (!first) {
            if (token != Token.T_COMMA) {
                return expected("comma or object end", token);
            }
            token = next();
        }
        if (token != Token.T_STRING) {
            return expected("object key string", token);
        }
        token = next();
        return token == Token.T_COLON ? value(next()) : expected("colon", token);
    }

    /** The next item of the innermost array, or its end. */
    private @Nullable String inArray(boolean first) {
        var token = next();
        if (token == Token.T_ARR_END) {
            open.removeLast();
            return null;
        }
        if (first) {
            return value(token);
        }
        return token == Token.T_COMMA ? value(next()) : expected("comma or array end", token);
    }

    private String expected(String what, Token found) {
        return "Expected " + what + " but found " + (found == Token.T_ERROR ? tokenError : found.name())
                + " at character " + (tokenStart + 1);
    }

    private String tooDeep() {
        return "Found too many nested data structures (" + (Json.MAX_DEPTH + 1) + ") at character " + (tokenStart + 1);
    }

    private Token next() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        tokenStart = position;
        if (position == text.length()) {
            return Token.T_END;
        }
        return switch (text.charAt(position++)) {
            case '{' -> Token.T_OBJ_BEGIN;
            case '}' -> Token.T_OBJ_END;
            case '[' -> Token.T_ARR_BEGIN;
            case ']' -> Token.T_ARR_END;
            case ':' -> Token.T_COLON;
            case ',' -> Token.T_COMMA;
            case '"' -> string();
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            case 't' -> literal("true", Token.T_BOOLEAN);
            case 'f' -> literal("false", Token.T_BOOLEAN);
            case 'n' -> literal("null", Token.T_NULL);
            default -> error("invalid token", tokenStart);
        };
    }

    private Token string() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"') {
                position++;
                return Token.T_STRING;
            }
            if (c != '\\') {
                position++;
                continue;
            }
            if (position + 1 == text.length() || "\"\\/bfnrtu".indexOf(text.charAt(position + 1)) < 0) {
                return error("invalid escape code", position);
            }
            if (text.charAt(position + 1) == 'u' && !hexDigits(position + 2)) {
                return error("invalid unicode escape code", position);
            }
            position += 2;
        }
        return error("unexpected end of string", position);
    }

    private boolean hexDigits(int from) {
        for (int i = from; i < from + 4; i++) {
            if (i >= text.length() || Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The grammar of RFC 8259: no leading zeros, digits after a point and after an exponent. */
    private Token number() {
        position = tokenStart;
        if (at('-')) {
            position++;
        }
        int whole = position;
        boolean valid = digits() && (text.charAt(whole) != '0' || position == whole + 1);
        if (valid && at('.')) {
            position++;
            valid = digits();
        }
        if (valid && (at('e') || at('E'))) {
            position++;
            if (at('+') || at('-')) {
                position++;
            }
            valid = digits();
        }
        return valid ? Token.T_NUMBER : error("invalid number", tokenStart);
    }

    private boolean at(char expected) {
        return position < text.length() && text.charAt(position) == expected;
    }

    private boolean digits() {
        int from = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        return position > from;
    }

    private Token literal(String word, Token token) {
        if (!text.startsWith(word, tokenStart)) {
            return error("invalid token", tokenStart);
        }
        position = tokenStart + word.length();
        return token;
    }

    private Token error(String what, int at) {
        tokenError = what;
        tokenStart = at;
        return Token.T_ERROR;
    }
}
