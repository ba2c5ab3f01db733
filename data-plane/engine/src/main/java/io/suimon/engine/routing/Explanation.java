package io.suimon.engine.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request takes the route it takes. Immutable.
 *
 * @param chosen null when no rule matches
 * @param rejected rules whose prefix fits the path, and the first condition that does not hold; in the order they were tried, then
 *     those at other hosts
 * @param outranked rules that match, too, but come later
 * @param truncated whether there are more rejected or outranked ones than are listed
 */
public record Explanation<T>(
        @Nullable RouteMatch<T> chosen, List<Rejected<T>> rejected, List<RouteMatch<T>> outranked, boolean truncated) {

    /** So many rejected and so many outranked rules are listed. */
    public static final int MAX_LISTED = 1_000;

    /** A condition of a rule, in the order they are checked. */
    public enum Condition {
        METHOD,
        /** What a pattern says behind its prefix. */
        PATH,
        HOST,
        REMOTE_ADDRESS,
        VARS
    }

    /** A rule at one of its patterns, and what did not hold. */
    public record Rejected<T>(RouteMatch<T> candidate, Condition condition) {}

    public Explanation {
        rejected = List.copyOf(rejected);
        outranked = List.copyOf(outranked);
    }
}
