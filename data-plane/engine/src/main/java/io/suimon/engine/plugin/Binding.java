package io.suimon.engine.plugin;

import io.suimon.engine.resource.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What binding a plugin's configuration came to. */
public sealed interface Binding {

    /**
     * A filter, ready to run.
     *
     * @param group what it shares its state with, or null
     */
    record Bound(FilterChain.Link link, @Nullable SharedGroup group) implements Binding {}

    /** Nothing to run: {@code _meta.disable}. */
    record Disabled() implements Binding {}

    /**
     * It cannot work.
     *
     * @param violations never empty; the first is the one APISIX would name
     */
    record Refused(List<Violation> violations) implements Binding {
        public Refused {
            violations = List.copyOf(violations);
        }
    }
}
