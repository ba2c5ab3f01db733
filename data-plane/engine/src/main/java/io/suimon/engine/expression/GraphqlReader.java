package io.suimon.engine.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads as much of a GraphQL document as finding its first operation takes: tokens, and that all brackets close.
 *
 * <p>Walks the text once and never recurses, so depth costs nothing.
 */
final class GraphqlReader {

    private static final Set<String> OPERATIONS = Set.of("query", "mutation", "subscription");
    private static final String END = "";

    private final String text;
    private int at;

    GraphqlReader(String text) {
        this.text = text;
    }

    @Nullable
    GraphqlOperation firstOperation() {
        GraphqlOperation first = null;
        for (var token = next(); token != null && !token.equals(END); token = next()) {
            var operation = definition(token);
            if (operation == null) {
                return null;
            }
            if (first == null && OPERATIONS.contains(operation.type())) {
                first = operation;
            }
        }
        return at < text.length() ? null : first;
    }

    /** One operation or fragment from its first token on; null when it is malformed. */
    private @Nullable GraphqlOperation definition(String keyword) {
        if (keyword.equals("{")) {
            var fields = selection();
            return fields == null ? null : new GraphqlOperation("query", "", fields);
        }
        if (!OPERATIONS.contains(keyword) && !keyword.equals("fragment")) {
            return null;
        }
        var token = next();
        var name = "";
        if (token != null && isName(token)) {
            name = token;
            token = next();
        }
        while (token != null && !token.equals("{")) {
            if (token.equals(END) || isClosing(token) || (isOpening(token) && !skipGroup(token))) {
                return null;
            }
            token = next();
        }
        var fields = token == null ? null : selection();
        return fields == null ? null : new GraphqlOperation(keyword, name, fields);
    }

    /** The names of the fields up to the closing brace of the open one; null when it does not close or is empty. */
    private @Nullable List<String> selection() {
        var fields = new ArrayList<String>();
        boolean any = false;
        var token = next();
        while (token != null && !token.equals("}")) {
            if (token.equals("...")) {
                token = skipSpread();
            } else if (token.equals("@")) {
                next();
                token = next();
            } else if (isName(token)) {
                token = field(token, fields);
            } else if (isOpening(token) && any && skipGroup(token)) {
                token = next();
            } else {
                return null;
            }
            any = true;
        }
        return token == null || !any ? null : fields;
    }

    private @Nullable String field(String nameOrAlias, List<String> fields) {
        var token = next();
        if (token == null || !token.equals(":")) {
            fields.add(nameOrAlias);
            return token;
        }
        var name = next();
        if (name == null || !isName(name)) {
            return null;
        }
        fields.add(name);
        return next();
    }

    /** Behind three dots: the name of a fragment, or {@code on} and a type. What follows that is a group like any other. */
    private @Nullable String skipSpread() {
        var token = next();
        if (token != null && isName(token)) {
            boolean typed = token.equals("on");
            token = next();
            return typed ? next() : token;
        }
        return token;
    }

    private boolean skipGroup(String opening) {
        var closing = new StringBuilder(closingOf(opening));
        while (!closing.isEmpty()) {
            var token = next();
            if (token == null || token.equals(END)) {
                return false;
            }
            if (isOpening(token)) {
                closing.append(closingOf(token));
            } else if (isClosing(token)) {
                int last = closing.length() - 1;
                if (closing.charAt(last) != token.charAt(0)) {
                    return false;
                }
                closing.setLength(last);
            }
        }
        return true;
    }

    private static String closingOf(String opening) {
        return switch (opening) {
            case "{" -> "}";
            case "(" -> ")";
            default -> "]";
        };
    }

    private static boolean isOpening(String token) {
        return token.equals("{") || token.equals("(") || token.equals("[");
    }

    private static boolean isClosing(String token) {
        return token.equals("}") || token.equals(")") || token.equals("]");
    }

    private static boolean isName(String token) {
        return !token.isEmpty() && isNameStart(token.charAt(0));
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || (c >= '0' && c <= '9');
    }

    /** The next token: a name, a number, a mark; {@link #END} at the end; null where no token can be. */
    private @Nullable String next() {
        skipIgnored();
        if (at == text.length()) {
            return END;
        }
        int from = at;
        char c = text.charAt(at);
        if (isNameStart(c)) {
            while (at < text.length() && isNamePart(text.charAt(at))) {
                at++;
            }
        } else if (c == '"') {
            return string() ? "\"" : null;
        } else if (text.startsWith("...", at)) {
            at += 3;
        } else if ("{}()[]:=@!$|&".indexOf(c) >= 0) {
            at++;
        } else if (c == '-' || (c >= '0' && c <= '9')) {
            at++;
            while (at < text.length() && (isNamePart(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
                at++;
            }
        } else {
            return null;
        }
        return text.substring(from, at);
    }

    private void skipIgnored() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c != ',' && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                return;
            } else {
                at++;
            }
        }
    }

    private boolean string() {
        if (text.startsWith("\"\"\"", at)) {
            int end = text.indexOf("\"\"\"", at + 3);
            while (end > 0 && text.charAt(end - 1) == '\\') {
                end = text.indexOf("\"\"\"", end + 1);
            }
            at = end < 0 ? at : end + 3;
            return end >= 0;
        }
        for (int i = at + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                at = i + 1;
                return true;
            }
        }
        return false;
    }
}
