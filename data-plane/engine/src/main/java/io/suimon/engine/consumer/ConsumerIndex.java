package io.suimon.engine.consumer;

import io.suimon.engine.collection.PersistentMap;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The consumers of one runtime, found by what they prove themselves with.
 *
 * <p>Immutable, read by any thread; one with a change shares everything else with the one it was made from.
 */
public final class ConsumerIndex {

    /** Nobody. */
    public static final ConsumerIndex EMPTY = new ConsumerIndex(PersistentMap.empty(), PersistentMap.empty());

    /**
     * A consumer found by its credential.
     *
     * @param config what the auth plugin made of its configuration on the consumer or credential, of the plugin's own type; holds secrets
     */
    public record Entry(AuthenticatedConsumer consumer, Object config) {
        @Override
        public String toString() {
            return "Entry[consumer=" + consumer.username() + "]";
        }
    }

    /**
     * That whoever shows a key is a consumer.
     *
     * @param owner the consumer or credential that says so
     * @param modRevision when it was written: of two that claim one key, the later one is right
     */
    public record Claim(ResourceKey owner, long modRevision, Entry entry) {

        private static final Comparator<Claim> LATEST_LAST = Comparator.comparingLong(Claim::modRevision)
                .thenComparing(claim -> claim.owner().path());
    }

    private final PersistentMap<String, PersistentMap<String, List<Claim>>> byPluginAndKey;
    private final PersistentMap<String, AuthenticatedConsumer> byName;

    private ConsumerIndex(
            PersistentMap<String, PersistentMap<String, List<Claim>>> byPluginAndKey,
            PersistentMap<String, AuthenticatedConsumer> byName) {
        this.byPluginAndKey = byPluginAndKey;
        this.byName = byName;
    }

    /**
     * The index of these.
     *
     * @param byPluginAndKey for each auth plugin, its consumers by key
     * @param byName all consumers by user name
     */
    public ConsumerIndex(Map<String, Map<String, Entry>> byPluginAndKey, Map<String, AuthenticatedConsumer> byName) {
        var index = EMPTY;
        for (var plugin : byPluginAndKey.entrySet()) {
            for (var entry : plugin.getValue().entrySet()) {
                var owner = new ResourceKey(
                        ResourceKind.CONSUMER, entry.getValue().consumer().username());
                index = index.with(plugin.getKey(), entry.getKey(), new Claim(owner, 0, entry.getValue()));
            }
        }
        for (var consumer : byName.values()) {
            index = index.with(consumer);
        }
        this.byPluginAndKey = index.byPluginAndKey;
        this.byName = index.byName;
    }

    /** Who has this key for this plugin, or null. */
    public @Nullable Entry find(String plugin, String key) {
        var entries = byPluginAndKey.get(plugin);
        var claims = entries == null ? null : entries.get(key);
        return claims == null ? null : claims.getLast().entry();
    }

    /** Whether anybody at all has a key for this plugin. */
    public boolean anyFor(String plugin) {
        return byPluginAndKey.get(plugin) != null;
    }

    /** The consumer of this name, as one who needs no proof (an anonymous consumer), or null. */
    public @Nullable AuthenticatedConsumer named(String username) {
        return byName.get(username);
    }

    /** This index and a consumer, who replaces one of the same name. */
    public ConsumerIndex with(AuthenticatedConsumer consumer) {
        return new ConsumerIndex(byPluginAndKey, byName.with(consumer.username(), consumer));
    }

    /** This index without a consumer's name; what they prove themselves with is removed by itself. */
    public ConsumerIndex withoutName(String username) {
        return new ConsumerIndex(byPluginAndKey, byName.without(username));
    }

    /** This index and a claim to a key, in place of the same owner's. */
    public ConsumerIndex with(String plugin, String key, Claim claim) {
        var entries = byPluginAndKey.getOrDefault(plugin, PersistentMap.empty());
        var claims = new ArrayList<>(othersThan(claim.owner(), entries.getOrDefault(key, List.of())));
        claims.add(claim);
        claims.sort(Claim.LATEST_LAST);
        return new ConsumerIndex(byPluginAndKey.with(plugin, entries.with(key, List.copyOf(claims))), byName);
    }

    /** This index without an owner's claim to a key. */
    public ConsumerIndex without(String plugin, String key, ResourceKey owner) {
        var entries = byPluginAndKey.getOrDefault(plugin, PersistentMap.empty());
        var left = othersThan(owner, entries.getOrDefault(key, List.of()));
        var remaining = left.isEmpty() ? entries.without(key) : entries.with(key, left);
        return new ConsumerIndex(
                remaining.isEmpty() ? byPluginAndKey.without(plugin) : byPluginAndKey.with(plugin, remaining), byName);
    }

    private static List<Claim> othersThan(ResourceKey owner, List<Claim> claims) {
        return claims.stream().filter(claim -> !claim.owner().equals(owner)).toList();
    }
}
