package io.suimon.engine.regex;

/** Reads what stands behind a backslash. Belongs to one translation. */
final class EscapeReader {

    private static final int MAX_DIGITS = 9;
    private static final String CASES = "PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u";

    private final PatternReader in;
    private final CapturingGroups groups;
    private final CharacterCodes codes;
    private final boolean unicode;

    /**
     * @param unicode whether texts are characters and not bytes
     */
    EscapeReader(PatternReader in, CapturingGroups groups, boolean unicode) {
        this.in = in;
        this.groups = groups;
        this.codes = new CharacterCodes(in, unicode);
        this.unicode = unicode;
    }

    Escape read(boolean inBrackets) {
        if (in.atEnd()) {
            throw in.refused("\\ at end of pattern");
        }
        int c = in.next();
        return switch (c) {
            case 'd', 'D', 'h', 'H', 's', 'S', 'v', 'V', 'w', 'W' -> new Escape.AnyOf("\\" + Character.toString(c));
            case 'p', 'P' -> new Escape.AnyOf(UnicodeProperty.read(in, c == 'P'));
            case 'N' -> notNewline(inBrackets);
            case 'R' -> new Escape.Item("(?>\\R)", true); // Java's gives back the second half of CR LF
            case 'X' -> new Escape.Item("\\X", true);
            case 'b' -> inBrackets ? new Escape.Literal('\b') : new Escape.Item("\\b", false);
            case 'A', 'B', 'G', 'z', 'Z' -> new Escape.Item("\\" + Character.toString(c), false);
            case 'a' -> new Escape.Literal(0x07);
            case 'e' -> new Escape.Literal(0x1b);
            case 'f' -> new Escape.Literal('\f');
            case 'n' -> new Escape.Literal('\n');
            case 'r' -> new Escape.Literal('\r');
            case 't' -> new Escape.Literal('\t');
            case 'c' -> codes.control();
            case 'x' -> codes.hexadecimal();
            case 'o' -> codes.bracedOctal();
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> numeric(c, inBrackets);
            case 'g' -> byNumberOrName();
            case 'k' -> byName();
            case 'Q' -> new Escape.Quote(in.until("\\E"));
            case 'C', 'K' -> throw in.unsupported("\\" + Character.toString(c));
            case 'F', 'L', 'l', 'U', 'u' -> throw in.refused(CASES);
            default -> {
                if (PatternReader.isWord(c) && c != '_') {
                    throw in.refused("unrecognized character follows \\");
                }
                yield new Escape.Literal(c);
            }
        };
    }

    private Escape notNewline(boolean inBrackets) {
        if (inBrackets) {
            throw in.refused("\\N is not supported in a class");
        }
        if (unicode && in.take("{U+")) {
            return codes.bracedHexadecimal();
        }
        int behind = in.position();
        if (in.take("{") && !in.looksAtDigit()) {
            throw in.refused(CASES);
        }
        in.back(behind);
        return new Escape.Item("[^\\n]", true);
    }

    /** A reference, where such a group can be meant; otherwise a character by its code. */
    private Escape numeric(int first, boolean inBrackets) {
        int start = in.position() - 1;
        in.back(start);
        if (!inBrackets && first != '0') {
            int number = Integer.parseInt(in.digits(10, MAX_DIGITS));
            if (number < 10 || first >= '8' || number <= groups.opened()) {
                return groups.numbered(number);
            }
            in.back(start);
        }
        return codes.octal();
    }

    /** What stands behind {@code \g}. */
    private Escape byNumberOrName() {
        if (in.looksAt("<") || in.looksAt("'")) {
            throw in.unsupported("recursion");
        }
        boolean braced = in.take("{");
        int sign = in.takeAny("+-");
        if (!in.looksAtDigit()) {
            if (!braced || sign != 0) {
                throw in.refused("\\g is not followed by a braced, angle-bracketed,"
                        + " or quoted name/number or by a plain number");
            }
            return groups.named(groups.name("}"));
        }
        int number = Integer.parseInt(in.digits(10, MAX_DIGITS));
        if (braced && !in.take("}")) {
            throw in.refused("syntax error in subpattern name (missing terminator?)");
        }
        return groups.numbered(
                switch (sign) {
                    case '+' -> groups.opened() + number;
                    case '-' -> groups.opened() + 1 - number;
                    default -> number;
                });
    }

    /** What stands behind {@code \k}. */
    private Escape byName() {
        return switch (in.takeAny("{<'")) {
            case '{' -> groups.named(groups.name("}"));
            case '<' -> groups.named(groups.name(">"));
            case '\'' -> groups.named(groups.name("'"));
            default -> throw in.refused("\\k is not followed by a braced, angle-bracketed, or quoted name");
        };
    }
}
