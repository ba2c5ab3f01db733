package io.suimon.engine.compile;

import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.plugin.SharedGroup;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.ResourceParser;
import io.suimon.engine.resource.Route;
import io.suimon.engine.resource.StoredResource;
import io.suimon.engine.resource.Violation;
import io.suimon.engine.routing.RouteTable;
import io.suimon.engine.routing.RouterMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a runtime from resources: the only place where route, service, plugin config, consumer group and consumer are merged.
 *
 * <p>A pure function of the resources: applying changes one by one gives what compiling the result at once gives, but for
 * resources in quarantine, which stay at the last good form there was. One route's change costs the same whatever the number of
 * routes; what depends on nothing that changed is shared by both runtimes. Routes of equal rank are tried in the order in which
 * they were created.
 *
 * <p>Not on an event loop. Thread-safe: holds no state.
 */
public final class RuntimeCompiler {

    private final PluginCatalog catalog;
    private final Loader loader;
    private final RouterMode mode;

    /** A compiler for the default way of finding routes. */
    public RuntimeCompiler(ResourceParser parser, PluginCatalog catalog, PluginServices services) {
        this(parser, catalog, services, RouterMode.RADIXTREE_HOST_URI);
    }

    /**
     * A compiler.
     *
     * @param services what the filters of the runtimes work with
     */
    public RuntimeCompiler(ResourceParser parser, PluginCatalog catalog, PluginServices services, RouterMode mode) {
        this.mode = mode;
        this.catalog = catalog;
        this.loader = new Loader(parser, catalog, new Binder(catalog, services));
    }

    /**
     * Compiles what a change makes of a runtime. The runtime given stays as it is.
     *
     * <p>Of resources that contradict each other in a shared group, the one created first keeps it, and the other is tried again
     * when that changes or goes. A resource that cannot be compiled stays at its last good form, or absent where it never had one, and is listed; it
     * holds nothing else back.
     */
    public Compiled apply(Runtime base, ConfigChange change) {
        var draft = new Draft(base.configuration(), loader);
        draft.apply(change);
        var affected = draft.affected();
        var configuration = draft.configuration();
        var runtime = new Runtime(
                change.revision(),
                configuration,
                routes(base.routes(), configuration, affected),
                globalRules(base.globalRules(), configuration, affected),
                new Consumers(base.configuration(), configuration).update(base.consumers(), affected),
                base.certificates().with(affected, configuration));
        return new Compiled(runtime, rejections(runtime));
    }

    /**
     * What would be wrong with a resource were it put into this runtime: everything for which {@link #apply} would reject it, or
     * another for its sake. Nothing is applied.
     *
     * @param put with the revision at which it was created, as that decides who keeps a shared group
     */
    public List<Violation> review(Runtime base, StoredResource put) {
        var configuration = base.configuration();
        return switch (loader.load(put, configuration.live(put.key()), configuration::metadata)) {
            case Loader.Loaded.Live(var candidate) ->
                candidate.groups().isEmpty()
                        ? List.of()
                        : new Draft(configuration, loader)
                                .contradiction(candidate).stream()
                                        .map(SharedGroup::mismatch)
                                        .toList();
            case Loader.Loaded.Refused(var violations) -> violations;
        };
    }

    private RouteTable<RouteRuntime> routes(
            RouteTable<RouteRuntime> before, Configuration configuration, Set<ResourceKey> affected) {
        if (before.mode() == mode) {
            return update(before, configuration, affected);
        }
        var all = new ArrayList<ResourceKey>();
        configuration.resources().forEach((key, held) -> all.add(key));
        return update(RouteTable.empty(mode), configuration, all);
    }

    private static RouteTable<RouteRuntime> update(
            RouteTable<RouteRuntime> before, Configuration configuration, Collection<ResourceKey> affected) {
        var merger = new RouteMerger(configuration::live);
        var table = before;
        for (var key : affected) {
            if (key.kind() == ResourceKind.ROUTE) {
                var live = configuration.live(key);
                table = live == null ? table.without(key.id()) : update(table, live, merger);
            }
        }
        return table;
    }

    private static RouteTable<RouteRuntime> update(
            RouteTable<RouteRuntime> before, LiveResource live, RouteMerger merger) {
        var route = (Route) live.resource();
        var conditions = live.conditions();
        if (!route.enabled() || conditions == null) {
            return before.without(route.key().id());
        }
        long created = live.source().createRevision();
        return before.with(conditions.rule(route, merger.hosts(route), created, merger.merge(live)));
    }

    private GlobalRules globalRules(GlobalRules before, Configuration configuration, Set<ResourceKey> affected) {
        var changed = affected.stream()
                .filter(key -> key.kind() == ResourceKind.GLOBAL_RULE)
                .collect(Collectors.toSet());
        return changed.isEmpty() ? before : before.with(changed, configuration::live, catalog);
    }

    private static List<Rejection> rejections(Runtime runtime) {
        var rejections = new ArrayList<>(runtime.globalRules().conflicts());
        rejections.addAll(runtime.certificates().rejected());
        runtime.configuration().rejections().forEach((key, rejection) -> rejections.add(rejection));
        rejections.sort(
                Comparator.comparing((Rejection rejection) -> rejection.key().path())
                        .thenComparing(Rejection::reason));
        return rejections;
    }
}
