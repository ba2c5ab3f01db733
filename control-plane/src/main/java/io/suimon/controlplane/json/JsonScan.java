package io.suimon.controlplane.json;

/**
 * Passes by the values of a JSON text in UTF-8 without reading them. What is unusual about a text it leaves to the parser: it never
 * passes by what that would refuse. Belongs to one text.
 */
final class JsonScan {

    /** In the place of a position: the parser has to look. */
    static final int UNCLEAR = -1;

    /** Containers in each other; each is a bit. */
    private static final int MAX_DEPTH = 60;

    /** A number of more characters may be one that is refused. */
    private static final int MAX_NUMBER = 300;

    private static final String ESCAPES = "\"\\/bfnrt";

    private final byte[] json;
    private boolean escaped;
    private boolean foreign;

    JsonScan(byte[] json) {
        this.json = json;
    }

    /** The byte at a position; 0, which is part of nothing, behind the end. */
    byte at(int position) {
        return position < json.length ? json[position] : 0;
    }

    /** Whether the text that was passed by last has escapes. */
    boolean escaped() {
        return escaped;
    }

    /** Whether anything that was passed by has bytes that are no ASCII, and need not be UTF-8. */
    boolean foreign() {
        return foreign;
    }

    int afterBlanks(int position) {
        int next = position;
        while (next < json.length && isBlank(json[next])) {
            next++;
        }
        return next;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Behind the closing quote of the text that begins here. */
    int afterText(int begin) {
        escaped = false;
        if (at(begin) != '"') {
            return UNCLEAR;
        }
        for (int i = begin + 1; i < json.length; i++) {
            byte b = json[i];
            if (b == '"') {
                return i + 1;
            }
            if (b < 0) {
                foreign = true;
            } else if (b == '\\') {
                escaped = true;
                i = lastOfEscape(i + 1);
                if (i == UNCLEAR) {
                    return UNCLEAR;
                }
            }
        }
        return UNCLEAR;
    }

    private int lastOfEscape(int letter) {
        if (at(letter) != 'u') {
            return ESCAPES.indexOf(at(letter)) >= 0 ? letter : UNCLEAR;
        }
        for (int i = letter + 1; i <= letter + 4; i++) {
            if (Character.digit(at(i), 16) < 0) {
                return UNCLEAR;
            }
        }
        return letter + 4;
    }

    /** The first byte of the value whose name begins here. */
    int afterName(int begin) {
        int end = afterText(begin);
        if (end == UNCLEAR) {
            return UNCLEAR;
        }
        int colon = afterBlanks(end);
        return at(colon) == ':' ? afterBlanks(colon + 1) : UNCLEAR;
    }

    /** Behind the value that begins here. */
    int afterValue(int begin) {
        long objects = 0; // which of the open containers are objects, the innermost last
        int depth = 0;
        int next = begin;
        while (next != UNCLEAR) {
            byte first = at(next);
            if (first == '{' || first == '[') {
                int inside = afterBlanks(next + 1);
                if (at(inside) != closing(first == '{')) {
                    if (++depth > MAX_DEPTH) {
                        return UNCLEAR;
                    }
                    objects = objects << 1 | (first == '{' ? 1 : 0);
                    next = first == '{' ? afterName(inside) : inside;
                    continue;
                }
                next = inside + 1;
            } else {
                next = first == '"' ? afterText(next) : afterWord(next);
            }
            while (next != UNCLEAR) {
                if (depth == 0) {
                    return next;
                }
                boolean object = (objects & 1) != 0;
                int mark = afterBlanks(next);
                if (at(mark) == ',') {
                    int following = afterBlanks(mark + 1);
                    next = object ? afterName(following) : following;
                    break;
                }
                if (at(mark) != closing(object)) {
                    return UNCLEAR;
                }
                depth--;
                objects >>>= 1;
                next = mark + 1;
            }
        }
        return UNCLEAR;
    }

    private static byte closing(boolean object) {
        return (byte) (object ? '}' : ']');
    }

    /** Behind a literal or a number without exponent. */
    private int afterWord(int begin) {
        return switch (at(begin)) {
            case 't' -> afterLiteral(begin, "true");
            case 'f' -> afterLiteral(begin, "false");
            case 'n' -> afterLiteral(begin, "null");
            default -> afterNumber(begin);
        };
    }

    private int afterLiteral(int begin, String literal) {
        for (int i = 0; i < literal.length(); i++) {
            if (at(begin + i) != literal.charAt(i)) {
                return UNCLEAR;
            }
        }
        return begin + literal.length();
    }

    private int afterNumber(int begin) {
        int digits = at(begin) == '-' ? begin + 1 : begin;
        int end = afterDigits(digits);
        if (end == digits || (at(digits) == '0' && end > digits + 1)) {
            return UNCLEAR;
        }
        if (at(end) == '.') {
            int fraction = end + 1;
            end = afterDigits(fraction);
            if (end == fraction) {
                return UNCLEAR;
            }
        }
        return end - begin > MAX_NUMBER || (at(end) | 0x20) == 'e' ? UNCLEAR : end;
    }

    private int afterDigits(int begin) {
        int next = begin;
        while (at(next) >= '0' && at(next) <= '9') {
            next++;
        }
        return next;
    }
}
