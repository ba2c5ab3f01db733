package io.suimon.engine.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.resource.PluginSpec;
import io.suimon.engine.resource.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reviews configurations of plugins that are not built: says what is wrong with them as if they were, and at last that they would not
 * run. One that is disabled may stay: it would not run anyway.
 */
final class UnbuiltCheck {

    private static final String NOT_BUILT = "plugin [%s] is known but not built into this version of Suimon"
            + " (expected: one of GET /suimon/v1/plugins with built true)";

    private final UnbuiltRules rules;

    /** @param metadata the plugin's, as stored; null for none */
    UnbuiltCheck(PluginCatalog catalog, @Nullable ObjectNode metadata) {
        this.rules = new UnbuiltRules(catalog, metadata);
    }

    /** Everything wrong; empty only when it is disabled. */
    List<Violation> check(UnbuiltPlugin plugin, PluginSpec spec, PluginCatalog.Place place) {
        if (spec.meta().disabled()) {
            return List.of();
        }
        boolean proves = place != PluginCatalog.Place.ROUTE && plugin.isAuth();
        var schema = proves ? plugin.consumerSchema().orElseGet(plugin::schema) : plugin.schema();
        var complaint = Complaint.about(spec);
        var violations = new ArrayList<Violation>();
        try {
            UnbuiltRules.beforeSchema(plugin.name(), spec.config());
            violations.addAll(complaint.bySchema(schema));
            if (violations.isEmpty()) {
                var config = schema.withDefaults(spec.config());
                if (!proves) {
                    rules.onRoute(plugin.name(), config);
                }
                SpecBinder.refusedMeta(spec).ifPresent(message -> violations.add(Violation.of(message)));
            }
        } catch (IllegalArgumentException e) {
            violations.add(complaint.because(e));
        }
        violations.add(complaint.plain(NOT_BUILT.formatted(plugin.name())));
        return List.copyOf(violations);
    }

    /** The same for one on a stream route. */
    static List<Violation> checkStream(UnbuiltPlugin plugin, PluginSpec spec) {
        if (spec.meta().disabled()) {
            return List.of();
        }
        var complaint = Complaint.aboutStream(spec);
        var violations = new ArrayList<>(complaint.bySchema(plugin.schema()));
        violations.add(complaint.plain("stream " + NOT_BUILT.formatted(plugin.name())));
        return List.copyOf(violations);
    }
}
