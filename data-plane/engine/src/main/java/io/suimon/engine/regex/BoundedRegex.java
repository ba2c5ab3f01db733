package io.suimon.engine.regex;

import io.suimon.engine.text.WireText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression in PCRE's syntax, searched for in texts that others choose: a search that would take too long is given up,
 * so that no text holds a thread.
 *
 * <p>Texts are wire text and the expression is about their bytes, unless it was compiled for characters. Immutable, used by any
 * thread.
 */
public final class BoundedRegex {

    /** Characters a search may look at, however short the text: a few milliseconds' work. */
    static final int STEPS = 1_000_000;

    /** Characters a search may look at besides, for each one of the text. */
    static final int STEPS_PER_CHARACTER = 16;

    private static final String KNOWN_FLAGS = "adDijJmosuUx";
    private static final String TOO_LARGE = "a pattern as large as this";

    /** What a search came to. */
    public enum Outcome {
        FOUND,
        ABSENT,
        /** Given up. */
        UNDECIDED
    }

    private final Pattern pattern;
    private final boolean anchored;
    private final boolean unicode;

    private BoundedRegex(Pattern pattern, boolean anchored, boolean unicode) {
        this.pattern = pattern;
        this.anchored = anchored;
        this.unicode = unicode;
    }

    /** Compiles without flags. */
    public static BoundedRegex compile(String pattern) {
        return compile(pattern, "");
    }

    /**
     * Compiles.
     *
     * @param pattern configuration text
     * @param flags letters: {@code i} any case, {@code m} lines, {@code s} dot is any character, {@code x} blanks and comments,
     *     {@code a} at the start only, {@code u} and {@code U} characters rather than bytes; {@code d D j J o} change nothing
     * @throws IllegalArgumentException with the text people know
     */
    public static BoundedRegex compile(String pattern, String flags) {
        requireKnown(flags);
        boolean unicode = has(flags, 'u') || has(flags, 'U');
        int bits = (has(flags, 'i') ? Pattern.CASE_INSENSITIVE : 0)
                | (has(flags, 'm') ? Pattern.MULTILINE : 0)
                | (has(flags, 's') ? Pattern.DOTALL : 0);
        var options = new PcreSyntax.Options(unicode, false, new Scope(has(flags, 'x'), has(flags, 'm')));
        return new BoundedRegex(translated(pattern, bits, options), has(flags, 'a'), unicode);
    }

    /**
     * Compiles for values that are kept. Their texts are characters, and {@code $} is their very end: without the place before a last
     * line feed, which nothing that is held to an expression may bring along.
     *
     * @throws IllegalArgumentException with the text people know
     */
    public static BoundedRegex forValues(String pattern) {
        var options = new PcreSyntax.Options(true, true, new Scope(false, false));
        return new BoundedRegex(translated(pattern, 0, options), false, true);
    }

    private static boolean has(String flags, char flag) {
        return flags.indexOf(flag) >= 0;
    }

    private static Pattern translated(String pattern, int bits, PcreSyntax.Options options) {
        var in = new PatternReader(options.unicode() ? pattern : WireText.of(pattern), pattern);
        try {
            return Pattern.compile(
                    PcreSyntax.toJava(in, options),
                    bits | Pattern.UNIX_LINES | (options.unicode() ? Pattern.UNICODE_CASE : 0));
        } catch (PatternSyntaxException e) {
            var words = e.getDescription();
            throw words.startsWith("Look-behind")
                    ? in.refused("lookbehind assertion is not fixed length")
                    : words.startsWith("Stack overflow") ? in.unsupported(TOO_LARGE) : in.refused(words);
        } catch (StackOverflowError tooLarge) {
            throw in.unsupported(TOO_LARGE);
        }
    }

    /**
     * Checks flags alone.
     *
     * @throws IllegalArgumentException naming the unknown flag
     */
    public static void requireKnown(String flags) {
        for (int i = 0; i < flags.length(); i++) {
            if (KNOWN_FLAGS.indexOf(flags.charAt(i)) < 0) {
                throw new IllegalArgumentException(
                        "unknown flag \"" + flags.charAt(i) + "\" (flags \"" + flags + "\")");
            }
        }
    }

    /** Looks for the expression anywhere in the text. */
    public Outcome search(String text) {
        try {
            return next(matcher(text)) ? Outcome.FOUND : Outcome.ABSENT;
        } catch (CountedText.OutOfSteps | StackOverflowError givenUp) {
            return Outcome.UNDECIDED;
        }
    }

    /** Whether the expression is in the text; one that cannot be decided is not. */
    public boolean foundIn(String text) {
        return search(text) == Outcome.FOUND;
    }

    boolean unicode() {
        return unicode;
    }

    /**
     * A matcher that throws {@link CountedText.OutOfSteps} when it has looked long enough; and {@link StackOverflowError}, as it
     * recurses into repeated groups.
     */
    Matcher matcher(String text) {
        var matcher = pattern.matcher(new CountedText(text, STEPS + (long) STEPS_PER_CHARACTER * text.length()));
        return anchored
                ? matcher.useAnchoringBounds(false)
                        .useTransparentBounds(true) // what was replaced before is still there
                : matcher;
    }

    boolean next(Matcher matcher) {
        if (!anchored) {
            return matcher.find();
        }
        if (matcher.hasMatch()) {
            if (matcher.end() == matcher.start()) {
                return false;
            }
            matcher.region(matcher.end(), matcher.regionEnd());
        }
        return matcher.lookingAt();
    }
}
