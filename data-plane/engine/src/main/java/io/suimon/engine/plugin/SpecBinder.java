package io.suimon.engine.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.expression.Expression;
import io.suimon.engine.expression.InvalidExpressionException;
import io.suimon.engine.resource.PluginSpec;
import io.suimon.engine.resource.Violation;
import io.suimon.engine.text.WireText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a filter of a configuration its schema allows, under what its {@code _meta} says. */
final class SpecBinder {

    private static final JsonMapper JSON = new JsonMapper();

    private SpecBinder() {}

    /**
     * Binds.
     *
     * @param config with defaults
     * @throws IllegalArgumentException when the plugin refuses the configuration
     */
    static <C> Binding bind(Plugin<C> plugin, PluginSpec spec, ObjectNode config, BoundHost host) {
        C read = ConfigReader.read(config, plugin.configType());
        var filter = plugin.bind(read, host);
        var unloadable = preFunction(spec);
        if (unloadable.isPresent()) {
            return refused(unloadable.get());
        }
        try {
            var link = new FilterChain.Link(
                    plugin.name(), priority(plugin, spec), plugin.phases(), underMeta(filter, spec, host));
            return new Binding.Bound(link, group(plugin, read, config));
        } catch (InvalidExpressionException e) {
            return refused(e.text());
        }
    }

    /** What is wrong with {@code _meta} though its schema allows it; empty when nothing is. */
    static Optional<String> refusedMeta(PluginSpec spec) {
        try {
            condition(spec);
            return preFunction(spec);
        } catch (InvalidExpressionException e) {
            return Optional.of(e.text());
        }
    }

    private static Optional<String> preFunction(PluginSpec spec) {
        return spec.config().path("_meta").has("pre_function")
                ? Optional.of("failed to load _meta.pre_function in plugin " + spec.name()
                        + ": Lua cannot be run (expected: no pre_function)")
                : Optional.empty();
    }

    private static @Nullable Expression condition(PluginSpec spec) throws InvalidExpressionException {
        var condition = spec.meta().filter();
        return condition == null ? null : Expression.compile(json(condition));
    }

    private static Binding refused(String message) {
        return new Binding.Refused(List.of(Violation.of(message)));
    }

    private static int priority(Plugin<?> plugin, PluginSpec spec) {
        var own = spec.meta().priority();
        return own == null ? plugin.priority() : own;
    }

    private static <C> @Nullable SharedGroup group(Plugin<C> plugin, C read, ObjectNode config) {
        return plugin.group(read)
                .map(name -> new SharedGroup(
                        plugin.name(),
                        name,
                        ConfigReader.digest(config.deepCopy().without("_meta"))))
                .orElse(null);
    }

    private static Filter underMeta(Filter filter, PluginSpec spec, BoundHost host) throws InvalidExpressionException {
        var condition = condition(spec);
        var errorResponse = spec.meta().errorResponse();
        if (condition == null && errorResponse == null) {
            return filter;
        }
        return new MetaFilter(
                filter,
                condition,
                "_meta.filter " + host.owner() + " " + spec.name(),
                errorResponse == null ? null : body(json(errorResponse)));
    }

    private static Decision.Body body(JsonNode value) {
        return value.isTextual()
                ? new Decision.Body.Text(WireText.of(value.textValue()))
                : new Decision.Body.Json(WireText.of(value.toString()));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("_meta: kept as text that is not JSON", e);
        }
    }
}
