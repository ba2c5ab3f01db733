package io.suimon.engine.consumer;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The consumers of one runtime, found by what they prove themselves with. Immutable, read by any thread. */
public final class ConsumerIndex {

    /** Nobody. */
    public static final ConsumerIndex EMPTY = new ConsumerIndex(Map.of(), Map.of());

    /**
     * A consumer found by its credential.
     *
     * @param config the auth plugin's configuration on the consumer or credential, of the plugin's own record type
     */
    public record Entry(AuthenticatedConsumer consumer, Object config) {}

    private final Map<String, Map<String, Entry>> byPluginAndKey;
    private final Map<String, AuthenticatedConsumer> byName;

    /**
     * @param byPluginAndKey for each auth plugin, its consumers by key
     * @param byName all consumers by user name
     */
    public ConsumerIndex(Map<String, Map<String, Entry>> byPluginAndKey, Map<String, AuthenticatedConsumer> byName) {
        var copy = new HashMap<String, Map<String, Entry>>();
        byPluginAndKey.forEach((plugin, entries) -> copy.put(plugin, Map.copyOf(entries)));
        this.byPluginAndKey = Map.copyOf(copy);
        this.byName = Map.copyOf(byName);
    }

    /** Who has this key for this plugin, or null. */
    public @Nullable Entry find(String plugin, String key) {
        var entries = byPluginAndKey.get(plugin);
        return entries == null ? null : entries.get(key);
    }

    /** The consumer of this name, as one who needs no proof (an anonymous consumer), or null. */
    public @Nullable AuthenticatedConsumer named(String username) {
        return byName.get(username);
    }
}
