package io.suimon.engine.routing;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.routing.ByteTrie.Node;
import io.suimon.engine.routing.ByteTrie.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Candidates by path: an exact path first, then prefixes from the longest to the shortest. Immutable. */
final class PathTree<T> {

    private final ByteTrie<Bucket<T>> trie;

    private PathTree(ByteTrie<Bucket<T>> trie) {
        this.trie = trie;
    }

    static <T> PathTree<T> empty() {
        return new PathTree<>(ByteTrie.empty());
    }

    boolean isEmpty() {
        return trie.isEmpty();
    }

    PathTree<T> with(Candidate<T> candidate, @Nullable HostPattern exactHost) {
        var path = candidate.path();
        return new PathTree<>(trie.update(
                path.prefix(),
                place(path),
                bucket -> (bucket == null ? Bucket.<T>empty() : bucket).with(candidate, exactHost)));
    }

    PathTree<T> without(Candidate<T> candidate, @Nullable HostPattern exactHost) {
        var path = candidate.path();
        return new PathTree<>(trie.update(
                path.prefix(), place(path), bucket -> bucket == null ? null : bucket.without(candidate, exactHost)));
    }

    private static Place place(PathPattern path) {
        return path.isExact() ? Place.EXACT : Place.PREFIX;
    }

    /** The first candidate for the exchange whose conditions hold. */
    @Nullable
    RouteMatch<T> match(Exchange exchange, int method) {
        var path = exchange.request().path();
        return search(trie.root(), path.bytes(), path.start(), path.end(), exchange, method);
    }

    /** Goes down as far as the path leads, then back up; recurses only where there is a prefix to come back to. */
    private static <T> @Nullable RouteMatch<T> search(
            Node<Bucket<T>> from, byte[] path, int start, int end, Exchange exchange, int method) {
        var node = from;
        int at = start;
        while (at < end) {
            var child = step(node, path, at, end);
            if (node.prefix != null) {
                var deeper = child == null ? null : search(child, path, at + child.label.length, end, exchange, method);
                return deeper == null ? node.prefix.first(exchange, method) : deeper;
            }
            if (child == null) {
                return null;
            }
            node = child;
            at += child.label.length;
        }
        var exact = node.exact == null ? null : node.exact.first(exchange, method);
        return exact != null || node.prefix == null ? exact : node.prefix.first(exchange, method);
    }

    private static <T> @Nullable Node<Bucket<T>> step(Node<Bucket<T>> node, byte[] path, int at, int end) {
        var child = node.child(path[at]);
        if (child == null) {
            return null;
        }
        int length = child.label.length;
        return end - at >= length && Arrays.equals(path, at, at + length, child.label, 0, length) ? child : null;
    }

    /** All candidates whose prefix or path is the exchange's, in the order they are tried. */
    List<Candidate<T>> candidates(Exchange exchange) {
        var path = exchange.request().path();
        var buckets = new ArrayList<Bucket<T>>();
        var node = trie.root();
        int at = path.start();
        while (node != null) {
            if (node.prefix != null) {
                buckets.addFirst(node.prefix);
            }
            if (at == path.end()) {
                if (node.exact != null) {
                    buckets.addFirst(node.exact);
                }
                break;
            }
            node = step(node, path.bytes(), at, path.end());
            at += node == null ? 0 : node.label.length;
        }
        var all = new ArrayList<Candidate<T>>();
        buckets.forEach(bucket -> all.addAll(bucket.all()));
        return all;
    }
}
