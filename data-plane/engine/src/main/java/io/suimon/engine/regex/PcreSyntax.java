package io.suimon.engine.regex;

import java.util.Locale;
import java.util.regex.PatternSyntaxException;

/** Where PCRE's syntax and words differ from Java's. */
final class PcreSyntax {

    private static final String QUANTIFIER = "\\{\\d+(,\\d*)?}.*";

    private PcreSyntax() {}

    /** The pattern as Java writes it: in brackets only what is special to PCRE is special; a lone brace is a brace. */
    static String toJava(String pcre) {
        var out = new StringBuilder(pcre.length() + 8);
        boolean inClass = false;
        int i = 0;
        while (i < pcre.length()) {
            char c = pcre.charAt(i);
            if (c == '\\' && i + 1 < pcre.length()) {
                out.append(c).append(pcre.charAt(i + 1));
                i += 2;
                continue;
            }
            if (inClass) {
                int posix = posixClass(pcre, i, out);
                if (posix > 0) {
                    i += posix;
                    continue;
                }
                inClass = c != ']';
                out.append(c == '[' || c == '&' ? "\\" : "").append(c);
                i++;
                continue;
            }
            i += c == '[' ? openClass(pcre, i, out) : plain(pcre, i, out);
            inClass = c == '[';
        }
        return out.toString();
    }

    /** A bracket, its negation, and a closing bracket that stands first and so means itself. */
    private static int openClass(String pcre, int at, StringBuilder out) {
        int i = at + 1;
        out.append('[');
        if (i < pcre.length() && pcre.charAt(i) == '^') {
            out.append('^');
            i++;
        }
        if (i < pcre.length() && pcre.charAt(i) == ']') {
            out.append("\\]");
            i++;
        }
        return i - at;
    }

    private static int plain(String pcre, int at, StringBuilder out) {
        char c = pcre.charAt(at);
        boolean literalBrace = c == '{' && (at == 0 || !pcre.substring(at).matches("(?s)" + QUANTIFIER));
        out.append(literalBrace ? "\\" : "").append(c);
        return 1;
    }

    /** {@code [:alpha:]} inside a class. Returns its length, or 0 when there is none. */
    private static int posixClass(String pcre, int at, StringBuilder out) {
        int end = pcre.startsWith("[:", at) ? pcre.indexOf(":]", at) : -1;
        if (end < 0) {
            return 0;
        }
        boolean negated = pcre.charAt(at + 2) == '^';
        var name = pcre.substring(at + (negated ? 3 : 2), end);
        out.append(negated ? "\\P{" : "\\p{").append(javaClass(name)).append('}');
        return end + 2 - at;
    }

    private static String javaClass(String posix) {
        return switch (posix) {
            case "xdigit" -> "XDigit";
            case "word" -> "IsWord";
            default -> posix.isEmpty() ? posix : posix.substring(0, 1).toUpperCase(Locale.ROOT) + posix.substring(1);
        };
    }

    /** What people who know PCRE are told. */
    static String message(String pcre, PatternSyntaxException e) {
        var description = e.getDescription();
        var words = description.startsWith("Unclosed group")
                ? "missing closing parenthesis"
                : description.startsWith("Unmatched closing ')'")
                        ? "unmatched closing parenthesis"
                        : description.startsWith("Unclosed character class")
                                ? "missing terminating ] for character class"
                                : description.startsWith("Dangling meta character")
                                        ? "quantifier does not follow a repeatable item"
                                        : description.toLowerCase(Locale.ROOT);
        return "pcre2_compile() failed: " + words + " in \"" + pcre + "\"";
    }
}
