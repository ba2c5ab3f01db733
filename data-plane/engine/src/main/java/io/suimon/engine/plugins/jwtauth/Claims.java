package io.suimon.engine.plugins.jwtauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.engine.text.WireText;
import java.util.Set;
import java.util.function.DoublePredicate;

/** What a token claims. Immutable. */
final class Claims {

    /** Who a token says its bearer is. */
    sealed interface Key {

        /** It does not say. */
        record Absent() implements Key {}

        /** Nobody a consumer could be: no text. */
        record Unknown() implements Key {}

        /** Whoever has this key, in wire text. */
        record Named(String key) implements Key {}
    }

    private static final String EXPIRES = "exp";
    private static final String NOT_BEFORE = "nbf";

    private final JsonNode json;

    Claims(JsonNode json) {
        this.json = json;
    }

    /** What the claim of this name says of its bearer. */
    Key key(String name) {
        var value = json.get(name);
        if (value == null || (value.isBoolean() && !value.booleanValue())) {
            return new Key.Absent();
        }
        return value.isTextual() ? new Key.Named(WireText.of(value.textValue())) : new Key.Unknown();
    }

    /**
     * Whether the token is good at this moment.
     *
     * @param demanded the claims that have to be there, and are looked at alone; empty for those that are there
     * @param now in seconds
     * @param grace by how many seconds clocks may differ
     */
    boolean holdAt(Set<String> demanded, long now, long grace) {
        double earliest = (double) now - grace;
        double latest = (double) now + grace;
        return holds(EXPIRES, demanded, exp -> exp > earliest) && holds(NOT_BEFORE, demanded, nbf -> nbf < latest);
    }

    private boolean holds(String name, Set<String> demanded, DoublePredicate rule) {
        if (!demanded.isEmpty() && !demanded.contains(name)) {
            return true;
        }
        var value = json.get(name);
        if (value == null) {
            return demanded.isEmpty();
        }
        return value.isNumber() && Double.isFinite(value.doubleValue()) && rule.test(value.doubleValue());
    }

    @Override
    public String toString() {
        return "Claims[]";
    }
}
