package io.suimon.engine.plugins.limitcount;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.suimon.engine.plugin.FieldText;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many requests may be made in a window of time: one quota for all, or rules.
 *
 * @param count null where there are rules
 * @param timeWindow in seconds; null where there are rules
 * @param group configurations of one group share their counters; null for none
 * @param key who is counted, in the way {@code keyType} says
 * @param rejectedMsg null for the standard page
 * @param allowDegradation whether requests that cannot be counted pass
 * @param rules may be empty, and then no request can be counted
 * @param syncInterval in seconds; means nothing where counters are local
 */
public record LimitCountConfig(
        @Nullable Quantity count,
        @Nullable Quantity timeWindow,
        @Nullable String group,
        String key,
        KeyType keyType,
        Policy policy,
        int rejectedCode,
        @Nullable String rejectedMsg,
        boolean allowDegradation,
        List<Rule> rules,
        boolean showLimitQuotaHeader,
        double syncInterval,
        WindowType windowType) {

    private static final double NO_SYNC = -1;
    private static final double SHORTEST_SYNC = 0.1;

    /** What a key is. */
    public enum KeyType {
        /** A variable's name. */
        @JsonProperty("var")
        VAR,
        /** A template. */
        @JsonProperty("var_combination")
        VAR_COMBINATION,
        /** The key itself. */
        @JsonProperty("constant")
        CONSTANT
    }

    /** Where is counted. */
    public enum Policy {
        @JsonProperty("local")
        LOCAL("local"),
        @JsonProperty("redis")
        REDIS("redis"),
        @JsonProperty("redis-cluster")
        REDIS_CLUSTER("redis-cluster"),
        @JsonProperty("redis-sentinel")
        REDIS_SENTINEL("redis-sentinel");

        private final String text;

        Policy(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** When windows begin. */
    public enum WindowType {
        @JsonProperty("fixed")
        FIXED,
        @JsonProperty("sliding")
        SLIDING
    }

    /**
     * A quota of its own.
     *
     * @param key a template
     * @param headerPrefix names its header fields; null for its place in the list
     */
    public record Rule(
            Quantity count,
            Quantity timeWindow,
            String key,
            @Nullable String headerPrefix) {
        public Rule {
            if (headerPrefix != null && !FieldText.isName("X-" + headerPrefix)) {
                throw new IllegalArgumentException(
                        "header_prefix: " + headerPrefix + " (expected: part of a field's name)");
            }
        }
    }

    public LimitCountConfig {
        rules = List.copyOf(rules);
        if (count == null || timeWindow == null) {
            if (count != null || timeWindow != null) {
                throw new IllegalArgumentException("count/time_window and rules cannot be specified at the same time");
            }
            if (group != null) {
                throw new IllegalArgumentException("group and rules cannot be specified at the same time");
            }
        }
        checkSync(syncInterval, timeWindow);
        var keys = new HashSet<String>();
        for (var rule : rules) {
            if (!keys.add(rule.key())) {
                throw new IllegalArgumentException("duplicate key '" + rule.key() + "' in rules");
            }
        }
    }

    private static void checkSync(double interval, @Nullable Quantity window) {
        if (interval == NO_SYNC) {
            return;
        }
        if (interval < SHORTEST_SYNC) {
            throw new IllegalArgumentException("sync_interval should not be smaller than 0.1");
        }
        if (window instanceof Quantity.Constant(var seconds) && interval >= seconds) {
            throw new IllegalArgumentException("sync_interval should be smaller than time_window");
        }
    }
}
