package io.suimon.engine.compile;

import io.suimon.engine.compile.Runtime.ConsumerChain;
import io.suimon.engine.plugin.FilterChain;
import io.suimon.engine.plugin.FilterChain.Link;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The chains of routes as merged for consumers, made when first asked for and kept.
 *
 * <p>Thread-safe. Which thread makes a chain makes no difference. Bounded: at {@value #LIMIT} chains all are forgotten, and made
 * again when they are wanted.
 */
final class ConsumerChains {

    static final int LIMIT = 16_384;

    private static final ConsumerChain NO_GROUP = new ConsumerChain(FilterChain.EMPTY, FilterChain.EMPTY, true);

    /** Identity decides: the parts do not change within a runtime. */
    private record Key(FilterChain route, @Nullable LiveResource group, LiveResource consumer) {

        @Override
        @SuppressWarnings("ReferenceEquality") // comparing contents would cost more than merging them
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && route == that.route && group == that.group && consumer == that.consumer;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(route) * 31 + System.identityHashCode(consumer);
        }
    }

    private final Configuration configuration;
    private final ConcurrentHashMap<Key, ConsumerChain> known = new ConcurrentHashMap<>();

    ConsumerChains(Configuration configuration) {
        this.configuration = configuration;
    }

    ConsumerChain of(FilterChain route, String username, @Nullable String groupId) {
        var consumer = configuration.live(new ResourceKey(ResourceKind.CONSUMER, username));
        var group = groupId == null ? null : configuration.live(new ResourceKey(ResourceKind.CONSUMER_GROUP, groupId));
        if (groupId != null && group == null) {
            return NO_GROUP;
        }
        if (consumer == null || (isSilent(consumer) && (group == null || isSilent(group)))) {
            return new ConsumerChain(route, FilterChain.EMPTY, false);
        }
        var key = new Key(route, group, consumer);
        var chain = known.get(key);
        return chain == null ? keep(key) : chain;
    }

    private ConsumerChain keep(Key key) {
        var chain = merge(key);
        if (known.size() >= LIMIT) {
            known.clear();
        }
        var winner = known.putIfAbsent(key, chain);
        return winner == null ? chain : winner;
    }

    private static boolean isSilent(LiveResource layer) {
        return layer.plugins().isEmpty();
    }

    private static ConsumerChain merge(Key key) {
        var own = PluginLayers.merge(Arrays.asList(key.group, key.consumer));
        var links = new ArrayList<Link>();
        var routed = new HashSet<String>();
        for (var link : key.route.links()) {
            routed.add(link.plugin());
            if (!own.containsKey(link.plugin())) {
                links.add(link);
            }
        }
        var added = new ArrayList<Link>();
        for (var plugin : own.values()) {
            var link = plugin.link();
            if (link != null) {
                links.add(link);
                if (!routed.contains(link.plugin())) {
                    added.add(link);
                }
            }
        }
        links.sort(PluginLayers.ORDER);
        added.sort(PluginLayers.ORDER);
        return new ConsumerChain(new FilterChain(links), new FilterChain(added), false);
    }
}
