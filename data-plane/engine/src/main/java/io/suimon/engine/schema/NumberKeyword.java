package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** One bound of a number; says nothing about other values. */
record NumberKeyword(Bound bound, double limit) implements Keyword {

    /** How a number must lie to the limit. */
    enum Bound {
        AT_LEAST("at least"),
        AT_MOST("at most"),
        ABOVE("greater than"),
        BELOW("smaller than"),
        MULTIPLE("a multiple of");

        private final String words;

        Bound(String words) {
            this.words = words;
        }

        boolean holds(double value, double limit) {
            return switch (this) {
                case AT_LEAST -> value >= limit;
                case AT_MOST -> value <= limit;
                case ABOVE -> value > limit;
                case BELOW -> value < limit;
                case MULTIPLE -> value % limit == 0;
            };
        }
    }

    @Override
    public void check(JsonNode value, Place place, Findings findings) {
        if (value.isNumber() && !bound.holds(value.doubleValue(), limit)) {
            findings.add(
                    place,
                    () -> "expected " + LuaText.number(value.doubleValue()) + " to be " + bound.words + " "
                            + LuaText.number(limit));
        }
    }
}
