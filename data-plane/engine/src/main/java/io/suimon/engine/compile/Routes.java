package io.suimon.engine.compile;

import io.suimon.engine.collection.PersistentMap;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The enabled routes of one revision, found by request. Immutable; one with a change shares everything else. */
final class Routes {

    private record Entry(LiveResource live, RouteRuntime runtime) {
        Route route() {
            return (Route) live.resource();
        }
    }

    private record Match(String uri, Entry entry) {
        private static final Comparator<Match> BEST_FIRST = Comparator.comparing(
                        (Match match) -> match.uri.endsWith("*"))
                .thenComparingInt(match -> -match.uri.length())
                .thenComparingInt(match -> -match.entry.route().priority())
                .thenComparingLong(match -> match.entry.live.source().createRevision())
                .thenComparing(match -> match.entry.route().key().id());
    }

    private final PersistentMap<ResourceKey, Entry> entries;

    Routes() {
        this(PersistentMap.empty());
    }

    private Routes(PersistentMap<ResourceKey, Entry> entries) {
        this.entries = entries;
    }

    Routes with(LiveResource live, List<String> hosts, RouteRuntime runtime) {
        return new Routes(entries.with(live.source().key(), new Entry(live, runtime)));
    }

    Routes without(ResourceKey key) {
        return new Routes(entries.without(key));
    }

    @Nullable
    RouteRuntime match(Exchange exchange) {
        var path = exchange.request().path().text();
        var method = exchange.request().method();
        var matches = new ArrayList<Match>();
        entries.forEach((key, entry) -> {
            for (var uri : entry.route().uris()) {
                var fits = uri.endsWith("*") ? path.startsWith(uri.substring(0, uri.length() - 1)) : uri.equals(path);
                var methods = entry.route().methods();
                if (fits && (methods.isEmpty() || methods.contains(method))) {
                    matches.add(new Match(uri, entry));
                }
            }
        });
        matches.sort(Match.BEST_FIRST);
        if (matches.isEmpty()) {
            return null;
        }
        var runtime = matches.getFirst().entry.runtime;
        exchange.matched(runtime.facts(), matches.getFirst().uri, null);
        return runtime;
    }

    boolean readsBody() {
        return false;
    }
}
