package io.suimon.engine.plugin;

import io.suimon.engine.resource.PluginSpec;
import io.suimon.engine.resource.Violation;
import io.suimon.engine.schema.JsonSchema;
import java.util.List;

/**
 * Puts into words what is wrong with one plugin's configuration.
 *
 * @param failed how the words begin where the configuration failed a check
 */
record Complaint(PluginSpec spec, String failed) {

    /** About a configuration on a route and the like. */
    static Complaint about(PluginSpec spec) {
        return new Complaint(spec, "failed to check the configuration of plugin " + spec.name() + " err: ");
    }

    /** About a configuration on a stream route. */
    static Complaint aboutStream(PluginSpec spec) {
        return new Complaint(spec, "failed to check the configuration of stream plugin [" + spec.name() + "]: ");
    }

    /** All that a schema finds. */
    List<Violation> bySchema(JsonSchema schema) {
        return schema.validate(PluginEntry.filled(schema, spec.config())).stream()
                .map(finding -> new Violation(pointer(finding.pointer()), failed + finding.message()))
                .toList();
    }

    /** What code that read the configuration says. */
    Violation because(IllegalArgumentException e) {
        return new Violation(pointer(""), failed + e.getMessage());
    }

    Violation unknown() {
        return plain("unknown plugin [" + spec.name() + "]");
    }

    /** A text without more words. */
    Violation plain(String message) {
        return new Violation(pointer(""), message);
    }

    private String pointer(String within) {
        return "/plugins/" + spec.name().replace("~", "~0").replace("/", "~1") + within;
    }
}
