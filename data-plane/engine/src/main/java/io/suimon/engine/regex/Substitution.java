package io.suimon.engine.regex;

import io.suimon.engine.text.WireText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** A regular expression and what its matches are replaced by. Immutable, used by any thread. */
public final class Substitution {

    /** What replacing came to. */
    public sealed interface Outcome {

        /**
         * Something matched.
         *
         * @param text what the text became, as wire text
         * @param captures of the first match, by number, the whole match first; empty text for what captured nothing
         */
        record Replaced(String text, List<String> captures) implements Outcome {
            public Replaced {
                captures = List.copyOf(captures);
            }
        }

        /** Nothing matched. */
        record Absent() implements Outcome {}

        /** The search was given up, or the text is not what the flags say. */
        record Undecided() implements Outcome {}
    }

    private static final Outcome ABSENT = new Outcome.Absent();
    private static final Outcome UNDECIDED = new Outcome.Undecided();

    private final BoundedRegex regex;
    private final Replacement replacement;

    private Substitution(BoundedRegex regex, Replacement replacement) {
        this.regex = regex;
        this.replacement = replacement;
    }

    /**
     * Compiles.
     *
     * @param flags those of {@link BoundedRegex#compile(String, String)}
     * @param replacement configuration text, with {@code $1} for what was captured
     * @throws IllegalArgumentException with the text people know
     */
    public static Substitution compile(String pattern, String flags, String replacement) {
        var regex = BoundedRegex.compile(pattern, flags);
        return new Substitution(regex, Replacement.parse(regex.unicode() ? replacement : WireText.of(replacement)));
    }

    /** Replaces the first match in wire text. */
    public Outcome first(String text) {
        return replace(text, 1);
    }

    /** Replaces every match in wire text. */
    public Outcome all(String text) {
        return replace(text, Integer.MAX_VALUE);
    }

    private Outcome replace(String wire, int most) {
        if (!regex.unicode()) {
            return search(wire, most);
        }
        var text = WireText.toUnicode(wire);
        if (!WireText.of(text).equals(wire)) {
            return UNDECIDED;
        }
        var outcome = search(text, most);
        return outcome instanceof Outcome.Replaced(var replaced, var captures)
                ? new Outcome.Replaced(
                        WireText.of(replaced),
                        captures.stream().map(WireText::of).toList())
                : outcome;
    }

    private Outcome search(String text, int most) {
        try {
            var match = regex.matcher(text);
            if (!regex.next(match)) {
                return ABSENT;
            }
            var captures = captures(match);
            var out = new StringBuilder(text.length() + 16);
            int copied = 0;
            int count = 0;
            do {
                out.append(text, copied, match.start());
                replacement.appendTo(out, match);
                copied = match.end();
                count++;
            } while (count < most && regex.next(match));
            return new Outcome.Replaced(out.append(text, copied, text.length()).toString(), captures);
        } catch (CountedText.OutOfSteps | StackOverflowError givenUp) {
            return UNDECIDED;
        }
    }

    private static List<String> captures(Matcher match) {
        var captures = new ArrayList<String>(match.groupCount() + 1);
        for (int i = 0; i <= match.groupCount(); i++) {
            var captured = match.group(i);
            captures.add(captured == null ? "" : captured);
        }
        return captures;
    }
}
