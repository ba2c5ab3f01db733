package io.suimon.engine.regex;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates what stands in brackets: any of several characters. Less is special to PCRE in there than to Java. */
final class Brackets {

    private static final String UNCLOSED = "missing terminating ] for character class";

    private static final Map<String, String> POSIX = Map.ofEntries(
            Map.entry("alnum", "p{Alnum}"),
            Map.entry("alpha", "p{Alpha}"),
            Map.entry("ascii", "p{ASCII}"),
            Map.entry("blank", "p{Blank}"),
            Map.entry("cntrl", "p{Cntrl}"),
            Map.entry("digit", "p{Digit}"),
            Map.entry("graph", "p{Graph}"),
            Map.entry("lower", "p{Lower}"),
            Map.entry("print", "p{Print}"),
            Map.entry("punct", "p{Punct}"),
            Map.entry("space", "p{Space}"),
            Map.entry("upper", "p{Upper}"),
            Map.entry("word", "w"),
            Map.entry("xdigit", "p{XDigit}"));

    private final PatternReader in;
    private final EscapeReader escapes;
    private final JavaPattern out;

    Brackets(PatternReader in, EscapeReader escapes, JavaPattern out) {
        this.in = in;
        this.escapes = escapes;
        this.out = out;
    }

    /** Translates up to the closing bracket; the opening one has been read. */
    void translate() {
        if (posixClass() != null) {
            throw in.refused("POSIX named classes are supported only within a class");
        }
        out.syntax(in.take("^") ? "[^" : "[");
        do { // what stands first is a member, even if it is a closing bracket
            member();
        } while (!in.take("]"));
        out.syntax("]");
    }

    private void member() {
        switch (next()) {
            case Escape.Literal(int code) -> literalOrRange(code);
            case Escape.AnyOf(var java) -> out.syntax(java);
            case Escape.Item item -> throw misplaced();
            case Escape.Quote(var text) -> {
                if (!text.isEmpty()) {
                    int last = text.offsetByCodePoints(text.length(), -1);
                    out.literals(text.substring(0, last));
                    literalOrRange(text.codePointAt(last));
                }
            }
        }
    }

    /** What comes next, with the ends of no quotes around it. */
    private Escape next() {
        in.takeAll("\\E");
        if (in.atEnd()) {
            throw in.refused(UNCLOSED);
        }
        int c = in.next();
        var posix = c == '[' ? posixClass() : null;
        var next = posix != null ? posix : c == '\\' ? escapes.read(true) : new Escape.Literal(c);
        in.takeAll("\\E");
        return next;
    }

    private void literalOrRange(int from) {
        int behind = in.position();
        boolean hyphen = in.take("-");
        in.takeAll("\\E");
        if (!hyphen || in.looksAt("]")) {
            in.back(behind);
            out.literal(from);
            return;
        }
        switch (next()) {
            case Escape.Literal(int to) -> {
                if (to < from) {
                    throw in.refused("range out of order in character class");
                }
                out.literal(from);
                out.syntax("-");
                out.literal(to);
            }
            case Escape.AnyOf(var java) -> { // no range then: as in Perl, the hyphen is a member too
                out.literal(from);
                out.literal('-');
                out.syntax(java);
            }
            case Escape.Quote quote -> throw in.unsupported("\\Q at the end of a range");
            case Escape.Item item -> throw misplaced();
        }
    }

    private IllegalArgumentException misplaced() {
        return in.refused("escape sequence is invalid in character class");
    }

    /** {@code [:alpha:]}, whose bracket has been read; null when it is none. */
    private Escape.@Nullable AnyOf posixClass() {
        int behind = in.position();
        int kind = in.takeAny(":.=");
        var text = kind == 0 ? "" : in.until("]", UNCLOSED);
        if (text.isEmpty() || text.charAt(text.length() - 1) != kind || text.indexOf('[') >= 0) {
            in.back(behind);
            return null;
        }
        if (kind != ':') {
            throw in.refused("POSIX collating elements are not supported");
        }
        boolean negated = text.startsWith("^");
        var java = POSIX.get(text.substring(negated ? 1 : 0, text.length() - 1));
        if (java == null) {
            throw in.refused("unknown POSIX class name");
        }
        return new Escape.AnyOf(
                "\\" + (negated ? java.substring(0, 1).toUpperCase(Locale.ROOT) + java.substring(1) : java));
    }
}
