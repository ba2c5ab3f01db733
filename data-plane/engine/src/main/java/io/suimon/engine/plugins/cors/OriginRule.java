package io.suimon.engine.plugins.cors;

import io.suimon.engine.regex.BoundedRegex;
import io.suimon.engine.text.WireText;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which origin a client is told it may come from. Immutable. */
@FunctionalInterface
interface OriginRule {

    /** Nobody is told anything. */
    OriginRule NONE = origin -> null;

    /**
     * What an allowed client is told, or null for one that is not.
     *
     * @param origin what the client says; null for nothing
     */
    @Nullable
    String allowed(@Nullable String origin);

    /** Reads {@code *}, {@code **} or a list. */
    static OriginRule of(String text) {
        return switch (text) {
            case CorsConfig.ANY -> origin -> CorsConfig.ANY;
            case CorsConfig.FORCED -> origin -> origin == null ? CorsConfig.ANY : origin;
            default -> {
                Set<String> listed =
                        new HashSet<>(Arrays.asList(WireText.of(text).split(",")));
                yield origin -> origin != null && listed.contains(origin) ? origin : null;
            }
        };
    }

    /**
     * Whoever one of the expressions is found in.
     *
     * @throws IllegalArgumentException when one is none
     */
    static OriginRule ofRegexes(List<String> patterns) {
        var regexes = patterns.stream().map(BoundedRegex::compile).toList();
        return origin -> {
            for (int i = 0; origin != null && i < regexes.size(); i++) {
                if (regexes.get(i).foundIn(origin)) {
                    return origin;
                }
            }
            return null;
        };
    }

    /** This rule, or where it allows nothing, that one. */
    default OriginRule or(OriginRule other) {
        return origin -> {
            var allowed = allowed(origin);
            return allowed == null ? other.allowed(origin) : allowed;
        };
    }
}
