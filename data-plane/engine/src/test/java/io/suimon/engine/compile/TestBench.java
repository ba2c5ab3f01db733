package io.suimon.engine.compile;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.plugin.FilterChain;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceParser;
import io.suimon.engine.resource.StoredResource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A compiler with plugins made for looking at, and what requests meet in its runtimes, in words. */
final class TestBench {

    static final PluginCatalog CATALOG = PluginCatalog.of(List.of(
            new TokenPlugin(),
            new NotePlugin("first", 300, false),
            new NotePlugin("middle", 200, false),
            new NotePlugin("twin-a", 100, false),
            new NotePlugin("twin-b", 100, false),
            new NotePlugin("meter", 50, true),
            new NotePlugin("gauge", 40, true)));

    private final RuntimeCompiler compiler =
            new RuntimeCompiler(new ResourceParser(), CATALOG, PluginServices.forAdmission());
    private long revision;
    private Compiled last = new Compiled(Runtime.EMPTY, List.of());

    /** A resource written at this revision, where it was created, too. */
    static StoredResource resource(String path, long revision, String json) {
        return resource(path, revision, revision, json);
    }

    static StoredResource resource(String path, long created, long modified, String json) {
        var key = ResourceKey.ofPath(path).orElseThrow();
        return new StoredResource(
                key, created, modified, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    static ResourceKey key(String path) {
        return ResourceKey.ofPath(path).orElseThrow();
    }

    /** Writes one resource; single quotes stand for double ones. */
    TestBench put(String path, String json) {
        long next = revision + 1;
        var held = runtime().configuration().resources().get(key(path));
        return apply(
                List.of(resource(path, held == null ? next : held.newest().createRevision(), next, json)), List.of());
    }

    TestBench remove(String path) {
        return apply(List.of(), List.of(key(path)));
    }

    /** Everything there is from now on. */
    TestBench load(StoredResource... all) {
        revision++;
        last = compiler.apply(runtime(), new ConfigChange(revision, true, Arrays.asList(all), List.of()));
        return this;
    }

    private TestBench apply(List<StoredResource> puts, List<ResourceKey> removals) {
        revision++;
        last = compiler.apply(runtime(), new ConfigChange(revision, false, puts, removals));
        return this;
    }

    RuntimeCompiler compiler() {
        return compiler;
    }

    Runtime runtime() {
        return last.runtime();
    }

    List<Rejection> rejections() {
        return last.rejections();
    }

    /** The route of {@code GET} of a target, or null. */
    @Nullable
    RouteRuntime route(String target) {
        return runtime().match(DescribedRequest.get(target).host("a.com").exchange());
    }

    /** The route of {@code GET} of a target, which has one. */
    RouteRuntime routed(String target) {
        var route = route(target);
        if (route == null) {
            throw new AssertionError("no route for " + target);
        }
        return route;
    }

    /** What a request meets, in words. */
    static String describe(Runtime runtime, DescribedRequest request, List<String> consumers) {
        var exchange = request.exchange();
        var route = runtime.match(exchange);
        if (route == null) {
            return "no route\n  global: " + describe(runtime.globalChain()) + "\n";
        }
        var lines = new ArrayList<String>();
        lines.add(route.facts() + " by " + exchange.matchedUri());
        lines.add("global: " + describe(runtime.globalChain(route.chain())));
        lines.add("chain: " + describe(route.chain()));
        lines.add("to: " + describe(route.target()) + (route.enableWebsocket() ? ", websocket" : ""));
        for (var name : consumers) {
            var consumer = runtime.consumers().named(name);
            if (consumer != null) {
                lines.add(describe(runtime, route, consumer));
            }
        }
        return String.join("\n  ", lines) + "\n";
    }

    private static String describe(Runtime runtime, RouteRuntime route, AuthenticatedConsumer consumer) {
        var merged = runtime.chainFor(route, consumer);
        return "for " + consumer.username() + ": " + describe(merged.chain()) + ", added: " + describe(merged.added())
                + (merged.groupMissing() ? ", group missing" : "");
    }

    private static String describe(FilterChain chain) {
        return chain.links().stream()
                .map(link -> link.plugin() + "(" + link.priority() + ") " + textOf(link))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String textOf(FilterChain.Link link) {
        return link.filter() instanceof NotePlugin.Note note
                ? note.toString()
                : link.phases().stream()
                        .map(Phase::name)
                        .collect(Collectors.joining())
                        .toLowerCase(Locale.ROOT);
    }

    private static String describe(RouteRuntime.Destination destination) {
        return switch (destination) {
            case RouteRuntime.Destination.Proxy(var target, var timeouts, var identity) ->
                target.upstream().key() + " " + target.upstream().endpoints() + " within "
                        + timeouts.connect().toMillis() + "/" + timeouts.send().toMillis() + "/"
                        + timeouts.read().toMillis() + " ms";
            case RouteRuntime.Destination.Unavailable(var status, var beforeFilters) ->
                status + (beforeFilters ? " before filters" : "");
        };
    }
}
