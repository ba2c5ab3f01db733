package io.suimon.engine.plugin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
 * The plugins there are: what may be written for each, and what it becomes; and those that are known, but not built.
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
    private final UnbuiltPlugins unbuilt;

    private PluginCatalog(Map<String, PluginEntry> entries, UnbuiltPlugins unbuilt) {
        this.entries = entries;
        this.unbuilt = unbuilt;
    }

    /** What the schema of every plugin has beside its own: the mark, and what {@code _meta} may be. */
    public static JsonSchema injected() {
        return PluginEntry.withMeta(JsonNodeFactory.instance.objectNode());
    }

    /** Every plugin on the class path, and every other plugin that is known. */
    @SuppressWarnings("rawtypes") // a service is looked up by its class, which says nothing of its type arguments
    public static PluginCatalog load() {
        var plugins = new ArrayList<Plugin<?>>();
        for (Plugin plugin : ServiceLoader.load(Plugin.class, PluginCatalog.class.getClassLoader())) {
            plugins.add((Plugin<?>) plugin);
        }
        var entries = entries(plugins);
        return new PluginCatalog(entries, UnbuiltPlugins.load(entries.keySet()));
    }

    /**
     * These plugins, and no other is known.
     *
     * @throws IllegalStateException when two have the same name
     */
    public static PluginCatalog of(List<? extends Plugin<?>> plugins) {
        return new PluginCatalog(entries(plugins), UnbuiltPlugins.NONE);
    }

    private static Map<String, PluginEntry> entries(List<? extends Plugin<?>> plugins) {
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
        return entries;
    }

    /** All that are built, by descending priority. */
    public List<PluginEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** A plugin that is built. */
    public Optional<PluginEntry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** All that are known, built or not, by descending priority. */
    public List<KnownPlugin> known(Subsystem subsystem) {
        var known = new ArrayList<KnownPlugin>(unbuilt.all(subsystem));
        if (subsystem == Subsystem.HTTP) {
            known.addAll(entries.values());
        }
        known.sort(Comparator.comparingInt(KnownPlugin::priority).reversed().thenComparing(KnownPlugin::name));
        return List.copyOf(known);
    }

    /** A plugin that is known, built or not. */
    public Optional<KnownPlugin> known(Subsystem subsystem, String name) {
        var built = subsystem == Subsystem.HTTP ? entries.get(name) : null;
        return built == null ? unbuilt.find(subsystem, name).map(KnownPlugin.class::cast) : Optional.of(built);
    }

    /**
     * Everything wrong with a plugin's configuration; empty when it can be used. The first is the one APISIX would name; of a plugin
     * that is not built, the last is that it is not.
     *
     * @param metadata the plugin's metadata as stored, which may have what the configuration lacks; null for none
     */
    public List<Violation> check(PluginSpec spec, Place place, @Nullable ObjectNode metadata) {
        var known = known(Subsystem.HTTP, spec.name());
        if (place == Place.CREDENTIAL && known.isPresent() && !known.get().isAuth()) {
            return List.of(Complaint.about(spec).plain("only supports auth type plugins in consumer credential"));
        }
        if (known.isPresent() && known.get() instanceof UnbuiltPlugin plugin) {
            return new UnbuiltCheck(this, metadata)
                    .check(plugin, spec, place).stream()
                            .map(violation -> prefixed(place, violation))
                            .toList();
        }
        if (place != Place.ROUTE && known.isPresent() && known.get().isAuth()) {
            return proof(spec) instanceof Proof.Refused(var violations) ? violations : List.of();
        }
        return bind(spec, NOBODY, null, PluginServices.forAdmission()) instanceof Binding.Refused(var violations)
                ? violations.stream()
                        .map(violation -> prefixed(place, violation))
                        .toList()
                : List.of();
    }

    /** Everything wrong with a plugin's configuration on a stream route; of a plugin that is not built, the last is that it is not. */
    public List<Violation> checkStream(PluginSpec spec) {
        return unbuilt.find(Subsystem.STREAM, spec.name())
                .map(plugin -> UnbuiltCheck.checkStream(plugin, spec))
                .orElseGet(() -> List.of(Complaint.about(spec).unknown()));
    }

    /** Everything wrong with a plugin's metadata; empty when it can be kept. It changes nothing for a plugin that is not built. */
    public List<Violation> checkMetadata(String plugin, ObjectNode metadata) {
        var known = known(Subsystem.HTTP, plugin);
        if (known.isEmpty()) {
            return List.of(Violation.of("invalid plugin name"));
        }
        var schema = known.get().metadataSchema();
        if (schema.isEmpty()) {
            return List.of();
        }
        var violations = schema.get().validate(metadata).stream()
                .map(finding -> new Violation(finding.pointer(), "invalid configuration: " + finding.message()))
                .toList();
        var type = find(plugin).flatMap(entry -> entry.plugin().metadataType());
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
        var complaint = Complaint.about(spec);
        var violations = new ArrayList<>(complaint.bySchema(schema));
        if (violations.isEmpty()) {
            try {
                return proof(plugin, schema.withDefaults(spec.config()));
            } catch (IllegalArgumentException e) {
                violations.add(complaint.because(e));
            }
        }
        return new Proof.Refused(violations.stream()
                .map(violation -> prefixed(Place.CONSUMER, violation))
                .toList());
    }

    private static <K> Proof proof(AuthPlugin<?, K> plugin, ObjectNode config) {
        K credential = ConfigReader.read(config, plugin.credentialType());
        return new Proof.Key(plugin.name(), plugin.keyOf(credential), plugin.prepared(credential));
    }

    /**
     * Makes the filter of a plugin as configured on a route or the like.
     *
     * @param owner the resource the configuration is written on
     * @param metadata the plugin's metadata as written, valid by {@link #checkMetadata}; null for none
     */
    public Binding bind(PluginSpec spec, ResourceKey owner, @Nullable ObjectNode metadata, PluginServices services) {
        var complaint = Complaint.about(spec);
        var entry = entries.get(spec.name());
        if (entry == null) {
            return unbuilt(spec, metadata);
        }
        if (spec.meta().disabled()) {
            return new Binding.Disabled();
        }
        var violations = complaint.bySchema(entry.schema());
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
            return new Binding.Refused(List.of(complaint.because(e)));
        }
    }

    private Binding unbuilt(PluginSpec spec, @Nullable ObjectNode metadata) {
        var plugin = unbuilt.find(Subsystem.HTTP, spec.name());
        if (plugin.isEmpty()) {
            return new Binding.Refused(List.of(Complaint.about(spec).unknown()));
        }
        var violations = new UnbuiltCheck(this, metadata).check(plugin.get(), spec, Place.ROUTE);
        return violations.isEmpty() ? new Binding.Disabled() : new Binding.Refused(violations);
    }

    private static Violation prefixed(Place place, Violation violation) {
        return new Violation(violation.pointer(), place.prefix + violation.message());
    }
}
