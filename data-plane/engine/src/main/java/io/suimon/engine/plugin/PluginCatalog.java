package io.suimon.engine.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.resource.PluginSpec;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.Violation;
import io.suimon.engine.schema.JsonSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The plugins there are: what may be written for each, and what it becomes.
 *
 * <p>Immutable, used by any thread. Not on event loops: checking and binding parse and compile.
 */
public final class PluginCatalog {

    /** Where a plugin's configuration stands. */
    public enum Place {
        /** On a route, service, plugin config, consumer group or global rule. */
        ROUTE(""),
        /** On a consumer: auth plugins have another configuration there. */
        CONSUMER("invalid plugins configuration: "),
        /** On a credential: only auth plugins, configured as on a consumer. */
        CREDENTIAL("invalid plugins configuration: ");

        private final String prefix;

        Place(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final ResourceKey NOBODY = new ResourceKey(ResourceKind.ROUTE, "0");

    private final Map<String, PluginEntry> entries;

    private PluginCatalog(Map<String, PluginEntry> entries) {
        this.entries = entries;
    }

    /** Every plugin on the class path. */
    @SuppressWarnings("rawtypes") // a service is looked up by its class, which says nothing of its type arguments
    public static PluginCatalog load() {
        var plugins = new ArrayList<Plugin<?>>();
        for (Plugin plugin : ServiceLoader.load(Plugin.class, PluginCatalog.class.getClassLoader())) {
            plugins.add((Plugin<?>) plugin);
        }
        return of(plugins);
    }

    /**
     * These plugins.
     *
     * @throws IllegalStateException when two have the same name
     */
    public static PluginCatalog of(List<? extends Plugin<?>> plugins) {
        var entries = new LinkedHashMap<String, PluginEntry>();
        var sorted = new ArrayList<Plugin<?>>(plugins);
        sorted.sort(
                Comparator.<Plugin<?>>comparingInt(Plugin::priority).reversed().thenComparing(Plugin::name));
        for (var plugin : sorted) {
            var before = entries.put(plugin.name(), new PluginEntry(plugin));
            if (before != null) {
                throw new IllegalStateException("plugin " + plugin.name() + ": "
                        + before.plugin().getClass().getName() + " and "
                        + plugin.getClass().getName() + " (expected: one)");
            }
        }
        return new PluginCatalog(entries);
    }

    /** All of them, by descending priority. */
    public List<PluginEntry> entries() {
        return List.copyOf(entries.values());
    }

    public Optional<PluginEntry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** Everything wrong with a plugin's configuration; empty when it can be used. The first is the one APISIX would name. */
    public List<Violation> check(PluginSpec spec, Place place) {
        if (place != Place.ROUTE
                && find(spec.name()).filter(PluginEntry::isAuth).isPresent()) {
            return proof(spec) instanceof Proof.Refused(var violations) ? violations : List.of();
        }
        if (place == Place.CREDENTIAL && entries.containsKey(spec.name())) {
            return List.of(new Violation(pointer(spec, ""), "only supports auth type plugins in consumer credential"));
        }
        return bind(spec, NOBODY, null, PluginServices.forAdmission()) instanceof Binding.Refused(var violations)
                ? violations.stream()
                        .map(violation -> prefixed(place, violation))
                        .toList()
                : List.of();
    }

    /** Everything wrong with a plugin's metadata; empty when it can be used. */
    public List<Violation> checkMetadata(String plugin, ObjectNode metadata) {
        var entry = entries.get(plugin);
        if (entry == null) {
            return List.of(Violation.of("invalid plugin name"));
        }
        var schema = entry.metadataSchema();
        if (schema.isEmpty()) {
            return List.of();
        }
        var violations = schema.get().validate(metadata).stream()
                .map(finding -> new Violation(finding.pointer(), "invalid configuration: " + finding.message()))
                .toList();
        var type = entry.plugin().metadataType();
        if (!violations.isEmpty() || type.isEmpty()) {
            return violations;
        }
        try {
            ConfigReader.read(schema.get().withDefaults(metadata), type.get());
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(Violation.of("invalid configuration: " + e.getMessage()));
        }
    }

    /** What an auth plugin on a consumer or credential proves. The plugin must be an auth plugin of this catalogue. */
    public Proof proof(PluginSpec spec) {
        var entry = entries.get(spec.name());
        if (entry == null || !(entry.plugin() instanceof AuthPlugin<?, ?> plugin)) {
            throw new IllegalArgumentException("plugin: " + spec.name() + " (expected: one that authenticates)");
        }
        if (spec.meta().disabled()) {
            return new Proof.Disabled();
        }
        var schema = entry.consumerSchema().orElseThrow();
        var violations = new ArrayList<>(violations(spec, schema));
        if (violations.isEmpty()) {
            try {
                return proof(plugin, schema.withDefaults(spec.config()));
            } catch (IllegalArgumentException e) {
                violations.add(refusal(spec, e));
            }
        }
        return new Proof.Refused(violations.stream()
                .map(violation -> prefixed(Place.CONSUMER, violation))
                .toList());
    }

    private static <K> Proof proof(AuthPlugin<?, K> plugin, ObjectNode config) {
        K credential = ConfigReader.read(config, plugin.credentialType());
        return new Proof.Key(plugin.name(), plugin.keyOf(credential), credential);
    }

    /**
     * Makes the filter of a plugin as configured on a route or the like.
     *
     * @param owner the resource the configuration is written on
     * @param metadata the plugin's metadata as written, valid by {@link #checkMetadata}; null for none
     */
    public Binding bind(PluginSpec spec, ResourceKey owner, @Nullable ObjectNode metadata, PluginServices services) {
        var entry = entries.get(spec.name());
        if (entry == null) {
            return refused(new Violation(pointer(spec, ""), "unknown plugin [" + spec.name() + "]"));
        }
        if (spec.meta().disabled()) {
            return new Binding.Disabled();
        }
        var violations = violations(spec, entry.schema());
        if (!violations.isEmpty()) {
            return new Binding.Refused(violations);
        }
        try {
            var config = entry.schema().withDefaults(spec.config());
            var described = metadata == null
                    ? null
                    : entry.metadataSchema()
                            .map(schema -> schema.withDefaults(metadata))
                            .orElse(metadata);
            var host = new BoundHost(owner, ConfigReader.digest(spec.config()), described, services);
            return SpecBinder.bind(entry.plugin(), spec, config, host);
        } catch (IllegalArgumentException e) {
            return refused(refusal(spec, e));
        }
    }

    private static Binding refused(Violation violation) {
        return new Binding.Refused(List.of(violation));
    }

    private static List<Violation> violations(PluginSpec spec, JsonSchema schema) {
        return schema.validate(PluginEntry.filled(schema, spec.config())).stream()
                .map(finding -> new Violation(pointer(spec, finding.pointer()), failed(spec) + finding.message()))
                .toList();
    }

    private static Violation refusal(PluginSpec spec, IllegalArgumentException e) {
        return new Violation(pointer(spec, ""), failed(spec) + e.getMessage());
    }

    private static String failed(PluginSpec spec) {
        return "failed to check the configuration of plugin " + spec.name() + " err: ";
    }

    private static Violation prefixed(Place place, Violation violation) {
        return new Violation(violation.pointer(), place.prefix + violation.message());
    }

    private static String pointer(PluginSpec spec, String within) {
        return "/plugins/" + spec.name().replace("~", "~0").replace("/", "~1") + within;
    }
}
