package io.suimon.controlplane.admin;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The entity tags of one conditional header, where the tag of a resource is its {@code modifiedIndex} in quotes.
 *
 * @param header its name, for messages
 * @param text its value, stripped
 */
record EntityTags(String header, String text) {

    /** A longer header is not read. */
    private static final int MAX_LENGTH = 1_000;

    private static final String ANY = "*";
    private static final String TAG = "(?:(?:W/)?\"[^\",]*\"|[0-9]{1,18})";
    private static final Pattern FORM = Pattern.compile("\\*|" + TAG + "(?:[ \\t]*,[ \\t]*" + TAG + ")*");
    private static final Pattern TAGS = Pattern.compile("(W/)?\"([^\",]*)\"|([0-9]{1,18})");
    private static final Pattern REVISION = Pattern.compile("[0-9]{1,18}");

    /** The header as sent; empty when it was not. */
    static Optional<EntityTags> of(String header, @Nullable String text) {
        return Optional.ofNullable(text).map(value -> new EntityTags(header, value.strip()));
    }

    /** How a resource of this revision is tagged. */
    static String tag(long modRevision) {
        return "\"" + modRevision + "\"";
    }

    /** What is wrong with the header; empty when it can be read. */
    Optional<String> complaint() {
        return text.length() <= MAX_LENGTH && FORM.matcher(text).matches()
                ? Optional.empty()
                : Optional.of(header + ": " + this + " (expected: * or a modifiedIndex in quotes)");
    }

    boolean isAny() {
        return text.equals(ANY);
    }

    /**
     * Whether one of them is the tag of this revision.
     *
     * @param weakly whether a tag that a proxy has made weak counts, too
     */
    boolean name(long modRevision, boolean weakly) {
        return TAGS.matcher(text)
                .results()
                .anyMatch(tag -> (weakly || tag.group(1) == null) && revision(tag) == modRevision);
    }

    /** The revision that one tag is; one that is none is never the tag of a resource. */
    private static long revision(MatchResult tag) {
        var word = tag.group(2) == null ? tag.group(3) : tag.group(2);
        return REVISION.matcher(word).matches() ? Long.parseLong(word) : 0;
    }

    /** The highest revision among them; 0 when there is none. */
    long newest() {
        return TAGS.matcher(text)
                .results()
                .mapToLong(EntityTags::revision)
                .max()
                .orElse(0);
    }

    /** The value, printable. */
    @Override
    public String toString() {
        var cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
