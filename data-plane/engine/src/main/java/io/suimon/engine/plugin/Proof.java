package io.suimon.engine.plugin;

import io.suimon.engine.resource.Violation;
import java.util.List;

/** What an auth plugin on a consumer or credential came to. */
public sealed interface Proof {

    /**
     * Who shows this key to this plugin is the consumer.
     *
     * @param config as {@link AuthPlugin#prepared}; holds secrets
     */
    record Key(String plugin, String key, Object config) implements Proof {

        @Override
        public String toString() {
            return "Key[plugin=" + plugin + "]";
        }
    }

    /** Nobody can be found by it: {@code _meta.disable}. */
    record Disabled() implements Proof {}

    /**
     * It cannot work.
     *
     * @param violations never empty; the first is the one APISIX would name
     */
    record Refused(List<Violation> violations) implements Proof {
        public Refused {
            violations = List.copyOf(violations);
        }
    }
}
