package io.suimon.engine.compile;

import io.suimon.engine.plugin.FilterChain;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The global rules merged into one chain, and that chain for requests some of its filters stand back for. Immutable.
 *
 * <p>A plugin on two rules runs on neither, as nobody could say which one counts.
 */
final class GlobalRules {

    static final GlobalRules NONE = new GlobalRules(Map.of(), List.of(), FilterChain.EMPTY, List.of());

    private final Map<ResourceKey, LiveResource> rules;
    private final List<Rejection> conflicts;
    private final List<String> standingBack;
    private final FilterChain[] byAbsent;

    private GlobalRules(
            Map<ResourceKey, LiveResource> rules,
            List<Rejection> conflicts,
            FilterChain chain,
            List<String> standingBack) {
        this.rules = Map.copyOf(rules);
        this.conflicts = List.copyOf(conflicts);
        this.standingBack = List.copyOf(standingBack);
        this.byAbsent = new FilterChain[1 << standingBack.size()];
        byAbsent[0] = chain;
        for (int absent = 1; absent < byAbsent.length; absent++) {
            byAbsent[absent] = without(chain, absent);
        }
    }

    /** These rules with the present form of those that changed. */
    GlobalRules with(
            Set<ResourceKey> changed, Function<ResourceKey, @Nullable LiveResource> live, PluginCatalog catalog) {
        var present = new TreeMap<ResourceKey, LiveResource>(Comparator.comparing(ResourceKey::id));
        present.putAll(rules);
        for (var key : changed) {
            var rule = live.apply(key);
            if (rule == null) {
                present.remove(key);
            } else {
                present.put(key, rule);
            }
        }
        return merge(present, catalog);
    }

    private static GlobalRules merge(Map<ResourceKey, LiveResource> rules, PluginCatalog catalog) {
        var owners = owners(rules.values());
        var single = new HashMap<String, BoundPlugin>();
        var conflicts = new ArrayList<Rejection>();
        for (var rule : rules.values()) {
            var key = rule.resource().key();
            rule.plugins().forEach((name, plugin) -> {
                var others = owners.getOrDefault(name, List.of()).stream()
                        .filter(owner -> !owner.equals(key))
                        .toList();
                if (others.isEmpty()) {
                    single.put(name, plugin);
                } else {
                    conflicts.add(conflict(rule, name, others));
                }
            });
        }
        var chain = PluginLayers.chain(single);
        return new GlobalRules(rules, conflicts, chain, standingBack(chain, catalog));
    }

    /** Every rule with a plugin that another one has, too. */
    List<Rejection> conflicts() {
        return conflicts;
    }

    /** All filters. */
    FilterChain chain() {
        return byAbsent[0];
    }

    /** The filters that run beside these others: not those that stand back for one of them. */
    FilterChain beside(FilterChain others) {
        int absent = 0;
        for (int i = 0; i < standingBack.size(); i++) {
            absent |= has(others, standingBack.get(i)) ? 1 << i : 0;
        }
        return byAbsent[absent];
    }

    private FilterChain without(FilterChain chain, int absent) {
        return new FilterChain(chain.links().stream()
                .filter(link -> {
                    int place = standingBack.indexOf(link.plugin());
                    return place < 0 || (absent & 1 << place) == 0;
                })
                .toList());
    }

    private static boolean has(FilterChain chain, String plugin) {
        var links = chain.links();
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).plugin().equals(plugin)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, List<ResourceKey>> owners(Collection<LiveResource> rules) {
        var owners = new HashMap<String, List<ResourceKey>>();
        for (var rule : rules) {
            for (var plugin : rule.plugins().keySet()) {
                owners.computeIfAbsent(plugin, any -> new ArrayList<>())
                        .add(rule.resource().key());
            }
        }
        return owners;
    }

    private static Rejection conflict(LiveResource rule, String plugin, List<ResourceKey> others) {
        return new Rejection(
                rule.resource().key(),
                rule.source().modRevision(),
                "plugin " + plugin + ": also on " + others.getFirst()
                        + " (expected: on one global rule); it runs on neither");
    }

    private static List<String> standingBack(FilterChain chain, PluginCatalog catalog) {
        return chain.links().stream()
                .map(FilterChain.Link::plugin)
                .filter(name -> catalog.find(name)
                        .filter(entry -> entry.plugin().prefersRoute())
                        .isPresent())
                .toList();
    }
}
