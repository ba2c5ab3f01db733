package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One plugin as configured on a resource, not yet bound.
 *
 * @param config the plugin's own configuration as written, {@code _meta} included; never changed after parsing
 * @param meta what {@code _meta} says
 */
public record PluginSpec(String name, ObjectNode config, Meta meta) {

    /**
     * The settings every plugin has.
     *
     * @param disabled the plugin is skipped, and its configuration need not be valid
     * @param priority replaces the plugin's own when not null
     * @param filter an expression as JSON text; the plugin runs only where it holds
     * @param errorResponse a JSON value that replaces the body of any answer of 400 and above the plugin gives
     */
    public record Meta(
            boolean disabled,
            @Nullable Integer priority,
            @Nullable String filter,
            @Nullable String errorResponse) {

        /** No {@code _meta}. */
        public static final Meta NONE = new Meta(false, null, null, null);
    }

    public PluginSpec {
        Objects.requireNonNull(name);
        config = config.deepCopy();
    }
}
