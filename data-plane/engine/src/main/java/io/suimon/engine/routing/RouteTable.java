package io.suimon.engine.routing;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.routing.Explanation.Condition;
import io.suimon.engine.routing.Explanation.Rejected;
import io.suimon.engine.text.WireText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one revision, found by host and path. Immutable; read by any thread.
 *
 * <p>Finding a rule costs what the path is long, not what the table is large, and allocates nothing unless a rule asks for it. A
 * change gives a new table that shares all but one path per pattern with the old one; which rules a table holds decides how it
 * behaves, not how it came to hold them.
 *
 * @param <T> what is found
 */
public final class RouteTable<T> {

    private final RouterMode mode;
    private final HostIndex<T> index;
    private final ByteTrie<RouteRule<T>> rules;
    private final int size;
    private final int readingBody;

    private RouteTable(RouterMode mode, HostIndex<T> index, ByteTrie<RouteRule<T>> rules, int size, int readingBody) {
        this.mode = mode;
        this.index = index;
        this.rules = rules;
        this.size = size;
        this.readingBody = readingBody;
    }

    /** A table without rules. */
    public static <T> RouteTable<T> empty(RouterMode mode) {
        return new RouteTable<>(mode, HostIndex.empty(), ByteTrie.empty(), 0, 0);
    }

    /** A table of these rules. */
    public static <T> RouteTable<T> of(RouterMode mode, Collection<RouteRule<T>> rules) {
        RouteTable<T> table = empty(mode);
        for (var rule : rules) {
            table = table.with(rule);
        }
        return table;
    }

    public RouterMode mode() {
        return mode;
    }

    public int size() {
        return size;
    }

    /** Whether an expression speaks of the request's body, which then has to be read before matching. */
    public boolean readsBody() {
        return readingBody > 0;
    }

    /** The rule of this key, or null. */
    public @Nullable RouteRule<T> rule(String key) {
        return rules.get(bytes(key));
    }

    /** This table with the rule, in place of one of the same key. */
    public RouteTable<T> with(RouteRule<T> rule) {
        var rest = without(rule.key());
        var changed = rest.index;
        for (var spot : spots(rule)) {
            changed = changed.update(spot.tree, tree -> tree.with(spot.candidate, spot.bucketHost));
        }
        return new RouteTable<>(
                mode,
                changed,
                rest.rules.update(bytes(rule.key()), ByteTrie.Place.EXACT, old -> rule),
                rest.size + 1,
                rest.readingBody + bodyReaders(rule));
    }

    /** This table without the rule of this key. */
    public RouteTable<T> without(String key) {
        var rule = rule(key);
        if (rule == null) {
            return this;
        }
        var changed = index;
        for (var spot : spots(rule)) {
            changed = changed.update(spot.tree, tree -> tree.without(spot.candidate, spot.bucketHost));
        }
        return new RouteTable<>(
                mode,
                changed,
                rules.update(bytes(key), ByteTrie.Place.EXACT, old -> null),
                size - 1,
                readingBody - bodyReaders(rule));
    }

    /** The rule this exchange takes, or null. */
    public @Nullable RouteMatch<T> match(Exchange exchange) {
        return index.match(exchange, Methods.bit(exchange.request().method()));
    }

    /** The rule this exchange takes, and why no other. Costs what there are rules for its path. */
    public Explanation<T> explain(Exchange exchange) {
        int method = Methods.bit(exchange.request().method());
        RouteMatch<T> chosen = null;
        var rejected = new ArrayList<Rejected<T>>();
        var outranked = new ArrayList<RouteMatch<T>>();
        var tried = index.candidates(exchange);
        for (var candidate : tried) {
            var failing = failing(candidate, exchange, method);
            if (failing != null) {
                rejected.add(new Rejected<>(candidate.match(), failing));
            } else if (chosen == null) {
                chosen = candidate.found(exchange);
            } else {
                outranked.add(candidate.found(exchange));
            }
        }
        var elsewhere = new LinkedHashSet<>(index.candidatesAtAnyHost(exchange));
        tried.forEach(elsewhere::remove);
        elsewhere.forEach(candidate -> rejected.add(new Rejected<>(candidate.match(), Condition.HOST)));
        boolean truncated = Math.max(rejected.size(), outranked.size()) > Explanation.MAX_LISTED;
        return new Explanation<>(chosen, firstOf(rejected), firstOf(outranked), truncated);
    }

    /** A candidate that lies at a host of its own in a bucket is held to it here, where all of a bucket are looked at. */
    private @Nullable Condition failing(Candidate<T> candidate, Exchange exchange, int method) {
        var host = candidate.match().hostPattern();
        boolean elsewhere = mode != RouterMode.RADIXTREE_HOST_URI
                && host != null
                && !HostPattern.parse(WireText.toUnicode(host)).matches(exchange.request());
        return elsewhere ? Condition.HOST : candidate.failing(exchange, method);
    }

    private static <E> List<E> firstOf(List<E> all) {
        return all.subList(0, Math.min(all.size(), Explanation.MAX_LISTED));
    }

    /** Where a candidate lies: in which tree, and at which host in its bucket. */
    private record Spot<T>(
            @Nullable HostPattern tree, @Nullable HostPattern bucketHost, Candidate<T> candidate) {}

    private List<Spot<T>> spots(RouteRule<T> rule) {
        var hosts = rule.hosts().stream().map(HostPattern::parse).distinct().toList();
        var spots = new ArrayList<Spot<T>>();
        for (var uri : new LinkedHashSet<>(rule.uris())) {
            var path = PathPattern.parse(uri, mode == RouterMode.RADIXTREE_URI_WITH_PARAMETER);
            if (hosts.isEmpty()) {
                spots.add(new Spot<>(null, null, candidate(rule, uri, path, null, List.of())));
            } else if (mode == RouterMode.RADIXTREE_HOST_URI) {
                hosts.forEach(host -> spots.add(new Spot<>(host, null, candidate(rule, uri, path, host, List.of()))));
            } else {
                addByPath(rule, uri, path, hosts, spots);
            }
        }
        return spots;
    }

    private static <T> void addByPath(
            RouteRule<T> rule, String uri, PathPattern path, List<HostPattern> hosts, List<Spot<T>> spots) {
        var conditions = new ArrayList<HostPattern>();
        for (var host : hosts) {
            if (host.wildcard() || host.withPort()) {
                conditions.add(host);
            } else {
                spots.add(new Spot<>(null, host, candidate(rule, uri, path, host, List.of())));
            }
        }
        if (!conditions.isEmpty()) {
            spots.add(new Spot<>(null, null, candidate(rule, uri, path, null, List.copyOf(conditions))));
        }
    }

    private static <T> Candidate<T> candidate(
            RouteRule<T> rule, String uri, PathPattern path, @Nullable HostPattern host, List<HostPattern> hosts) {
        var match = new RouteMatch<>(rule, path.text(), host == null ? null : host.text(), path);
        return new Candidate<>(path, rule.uris().indexOf(uri), hosts, match);
    }

    private static int bodyReaders(RouteRule<?> rule) {
        return rule.vars() != null && rule.vars().readsBody() ? 1 : 0;
    }

    private static byte[] bytes(String key) {
        return WireText.bytes(WireText.of(key));
    }
}
