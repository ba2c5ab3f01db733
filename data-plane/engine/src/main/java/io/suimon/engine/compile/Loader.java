package io.suimon.engine.compile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.protobuf.CompiledProto;
import io.suimon.engine.protobuf.ProtoCompiler;
import io.suimon.engine.resource.Parsed;
import io.suimon.engine.resource.PluginMetadata;
import io.suimon.engine.resource.Proto;
import io.suimon.engine.resource.Resource;
import io.suimon.engine.resource.ResourceParser;
import io.suimon.engine.resource.Route;
import io.suimon.engine.resource.Service;
import io.suimon.engine.resource.StoredResource;
import io.suimon.engine.resource.StreamRoute;
import io.suimon.engine.resource.Upstream;
import io.suimon.engine.resource.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings one resource, looked at by itself, into the form that runs, or says why it cannot. */
final class Loader {

    /** What became of a resource. */
    sealed interface Loaded {

        record Live(LiveResource live) implements Loaded {}

        /**
         * The resource cannot run.
         *
         * @param violations never empty
         */
        record Refused(List<Violation> violations) implements Loaded {}
    }

    private static final String NO_LUA = ": Lua cannot be run (expected: %s)";

    private final ResourceParser parser;
    private final PluginCatalog catalog;
    private final Binder binder;

    Loader(ResourceParser parser, PluginCatalog catalog, Binder binder) {
        this.parser = parser;
        this.catalog = catalog;
        this.binder = binder;
    }

    /**
     * Loads.
     *
     * @param before what runs of this resource now; what did not change is taken from it
     * @param metadata of a plugin, by its name
     */
    Loaded load(StoredResource source, @Nullable LiveResource before, Function<String, @Nullable ObjectNode> metadata) {
        if (before != null && before.source().equals(source)) {
            return bind(source, before.resource(), before, metadata);
        }
        return switch (parser.parse(source.key(), source.json())) {
            case Parsed.Refused(var violations) -> new Loaded.Refused(violations);
            case Parsed.Accepted(var resource) -> bind(source, resource, before, metadata);
        };
    }

    private Loaded bind(
            StoredResource source,
            Resource resource,
            @Nullable LiveResource before,
            Function<String, @Nullable ObjectNode> metadata) {
        var plugins = before == null ? Map.<String, BoundPlugin>of() : before.plugins();
        var bound = binder.bind(resource, plugins, metadata);
        var violations = new ArrayList<Violation>();
        var conditions = conditions(resource, before, violations);
        violations.addAll(unsupported(resource));
        violations.addAll(bound.violations());
        if (!violations.isEmpty()) {
            return new Loaded.Refused(List.copyOf(violations));
        }
        var chain = before != null && before.plugins().equals(bound.plugins())
                ? before.chain()
                : PluginLayers.chain(bound.plugins());
        var target = target(upstreamOf(resource), before);
        return new Loaded.Live(
                new LiveResource(resource, source, bound.plugins(), chain, bound.proofs(), target, conditions));
    }

    private static @Nullable RouteConditions conditions(
            Resource resource, @Nullable LiveResource before, List<Violation> violations) {
        if (!(resource instanceof Route route)) {
            return null;
        }
        return before != null && before.resource().equals(resource)
                ? before.conditions()
                : RouteConditions.of(route, violations);
    }

    private List<Violation> unsupported(Resource resource) {
        var found = new ArrayList<Violation>();
        if (resource instanceof Route route) {
            if (route.filterFunction() != null) {
                found.add(new Violation("/filter_func", "filter_func" + NO_LUA.formatted("the condition as vars")));
            }
            refuseScript(route.script(), found);
        }
        if (resource instanceof Service service) {
            refuseScript(service.script(), found);
        }
        if (resource instanceof StreamRoute route && route.protocol() != null) {
            // none is spoken yet, so none is known
            found.add(new Violation(
                    "/protocol/name",
                    "unknown protocol [" + route.protocol().path("name").asText() + "]"));
        }
        if (resource instanceof Proto proto
                && ProtoCompiler.compile(proto.content()) instanceof CompiledProto.Refused(var reason)) {
            found.add(new Violation("/content", "invalid content: " + reason));
        }
        if (resource instanceof PluginMetadata metadata) {
            found.addAll(catalog.checkMetadata(metadata.key().id(), metadata.metadata()));
        }
        return found;
    }

    private static void refuseScript(@Nullable String script, List<Violation> found) {
        if (script != null) {
            found.add(new Violation("/script", "script" + NO_LUA.formatted("plugins")));
        }
    }

    private static @Nullable Upstream upstreamOf(Resource resource) {
        return switch (resource) {
            case Upstream upstream -> upstream;
            case Route route -> route.upstream();
            case Service service -> service.upstream();
            default -> null;
        };
    }

    private static @Nullable UpstreamTarget target(@Nullable Upstream upstream, @Nullable LiveResource before) {
        if (upstream == null) {
            return null;
        }
        var known = before == null ? null : before.target();
        return known != null && known.upstream().equals(upstream) ? known : new UpstreamTarget(upstream);
    }
}
