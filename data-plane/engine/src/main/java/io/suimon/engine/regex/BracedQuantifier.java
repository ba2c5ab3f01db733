package io.suimon.engine.regex;

/** Reads <code>{2,3}</code>: how often something may follow itself. */
final class BracedQuantifier {

    /** How often at most a pattern may ask for something, as in PCRE. */
    static final int MAX_REPEATS = 65_535;

    private static final int MAX_DIGITS = 5;

    private BracedQuantifier() {}

    /** What stands behind a brace, with the brace, as Java writes it; nothing where the brace is but a brace. */
    static String read(PatternReader in) {
        int behind = in.position();
        var least = in.digits(10, Integer.MAX_VALUE);
        boolean range = in.take(",");
        var most = range ? in.digits(10, Integer.MAX_VALUE) : "";
        if (least.isEmpty() || !in.take("}")) {
            in.back(behind);
            return "";
        }
        int from = repeats(least, in);
        if (most.isEmpty()) {
            return "{" + from + (range ? ",}" : "}");
        }
        int to = repeats(most, in);
        if (to < from) {
            throw in.refused("numbers out of order in {} quantifier");
        }
        return "{" + from + "," + to + "}";
    }

    private static int repeats(String digits, PatternReader in) {
        var significant = digits.replaceFirst("^0+", "");
        int repeats = significant.length() > MAX_DIGITS ? Integer.MAX_VALUE : Integer.parseInt("0" + significant);
        if (repeats > MAX_REPEATS) {
            throw in.refused("number too big in {} quantifier");
        }
        return repeats;
    }
}
