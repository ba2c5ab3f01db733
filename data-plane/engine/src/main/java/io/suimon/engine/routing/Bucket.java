package io.suimon.engine.routing;

import io.suimon.engine.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The candidates at one path or one prefix. Immutable.
 *
 * <p>Where hosts are conditions, those with an exact host lie apart by host, so that many hosts on one path cost nothing.
 */
final class Bucket<T> {

    private final Ranked<T> general;
    private final ByteTrie<Ranked<T>> byHost;

    private Bucket(Ranked<T> general, ByteTrie<Ranked<T>> byHost) {
        this.general = general;
        this.byHost = byHost;
    }

    static <T> Bucket<T> empty() {
        return new Bucket<>(Ranked.none(), ByteTrie.empty());
    }

    Bucket<T> with(Candidate<T> candidate, @Nullable HostPattern exactHost) {
        if (exactHost == null) {
            return new Bucket<>(general.with(candidate), byHost);
        }
        return hosts(exactHost, ranked -> (ranked == null ? Ranked.<T>none() : ranked).with(candidate));
    }

    /** Null when nothing is left. */
    @Nullable
    Bucket<T> without(Candidate<T> candidate, @Nullable HostPattern exactHost) {
        Bucket<T> rest;
        if (exactHost == null) {
            var left = general.without(candidate);
            rest = new Bucket<>(left == null ? Ranked.none() : left, byHost);
        } else {
            rest = hosts(exactHost, ranked -> ranked == null ? null : ranked.without(candidate));
        }
        return rest.general.isEmpty() && rest.byHost.isEmpty() ? null : rest;
    }

    private Bucket<T> hosts(HostPattern host, UnaryOperator<@Nullable Ranked<T>> change) {
        return new Bucket<>(general, byHost.update(host.reversed(), ByteTrie.Place.EXACT, change));
    }

    /** The first candidate whose conditions hold. */
    @Nullable
    RouteMatch<T> first(Exchange exchange, int method) {
        var ofHost = byHost.isEmpty()
                ? null
                : HostWalk.exact(byHost, exchange.request().host());
        return ofHost == null ? firstOf(general, exchange, method) : firstOfBoth(ofHost, exchange, method);
    }

    private static <T> @Nullable RouteMatch<T> firstOf(Ranked<T> ranked, Exchange exchange, int method) {
        for (int i = 0; i < ranked.pieces(); i++) {
            for (var candidate : ranked.piece(i)) {
                var match = candidate.test(exchange, method);
                if (match != null) {
                    return match;
                }
            }
        }
        return null;
    }

    /** Goes through both in their common order. */
    private @Nullable RouteMatch<T> firstOfBoth(Ranked<T> ofHost, Exchange exchange, int method) {
        var left = new Cursor<>(ofHost);
        var right = new Cursor<>(general);
        while (left.current != null || right.current != null) {
            boolean takeLeft =
                    right.current == null || (left.current != null && left.current.compareTo(right.current) <= 0);
            var match = (takeLeft ? left : right).take().test(exchange, method);
            if (match != null) {
                return match;
            }
        }
        return null;
    }

    /** All candidates, in order. */
    List<Candidate<T>> all() {
        var all = new ArrayList<>(general.toList());
        byHost.forEach(ranked -> all.addAll(ranked.toList()));
        all.sort(null);
        return all;
    }

    /** Walks through candidates. Belongs to one search. */
    private static final class Cursor<T> {

        private final Ranked<T> ranked;
        private int piece;
        private int at;
        private @Nullable Candidate<T> current;

        Cursor(Ranked<T> ranked) {
            this.ranked = ranked;
            this.current = ranked.isEmpty() ? null : ranked.piece(0)[0];
        }

        Candidate<T> take() {
            var taken = current;
            if (taken == null) {
                throw new IllegalStateException("nothing is left");
            }
            if (++at == ranked.piece(piece).length) {
                at = 0;
                piece++;
            }
            current = piece == ranked.pieces() ? null : ranked.piece(piece)[at];
            return taken;
        }
    }
}
