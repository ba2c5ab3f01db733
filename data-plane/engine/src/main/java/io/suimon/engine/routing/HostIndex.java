package io.suimon.engine.routing;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.routing.ByteTrie.Node;
import io.suimon.engine.routing.ByteTrie.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Path trees by host: an exact host first, then wildcards from the longest suffix to the shortest, then what names no host.
 * Immutable.
 */
final class HostIndex<T> {

    private final ByteTrie<PathTree<T>> hosts;
    private final PathTree<T> anywhere;

    private HostIndex(ByteTrie<PathTree<T>> hosts, PathTree<T> anywhere) {
        this.hosts = hosts;
        this.anywhere = anywhere;
    }

    static <T> HostIndex<T> empty() {
        return new HostIndex<>(ByteTrie.empty(), PathTree.empty());
    }

    /** Changes the tree of one host pattern, or the one for no host. */
    HostIndex<T> update(@Nullable HostPattern host, UnaryOperator<PathTree<T>> change) {
        if (host == null) {
            return new HostIndex<>(hosts, change.apply(anywhere));
        }
        var place = host.wildcard() ? Place.PREFIX : Place.EXACT;
        return new HostIndex<>(
                hosts.update(host.reversed(), place, tree -> {
                    var changed = change.apply(tree == null ? PathTree.empty() : tree);
                    return changed.isEmpty() ? null : changed;
                }),
                anywhere);
    }

    @Nullable
    RouteMatch<T> match(Exchange exchange, int method) {
        if (!hosts.isEmpty()) {
            var host = exchange.request().host();
            var match = search(hosts.root(), host, host.length(), exchange, method);
            if (match != null) {
                return match;
            }
        }
        return anywhere.match(exchange, method);
    }

    /** As {@link PathTree} does with paths, from the host's end. */
    private static <T> @Nullable RouteMatch<T> search(
            Node<PathTree<T>> from, String host, int length, Exchange exchange, int method) {
        var node = from;
        int left = length;
        while (left > 0) {
            var child = HostWalk.step(node, host, left);
            if (node.prefix != null) {
                var deeper = child == null ? null : search(child, host, left - child.label.length, exchange, method);
                return deeper == null ? node.prefix.match(exchange, method) : deeper;
            }
            if (child == null) {
                return null;
            }
            node = child;
            left -= child.label.length;
        }
        var exact = node.exact == null ? null : node.exact.match(exchange, method);
        return exact != null || node.prefix == null ? exact : node.prefix.match(exchange, method);
    }

    /** The candidates for the exchange's path at hosts that match, in the order they are tried. */
    List<Candidate<T>> candidates(Exchange exchange) {
        var host = exchange.request().host();
        var trees = new ArrayList<PathTree<T>>();
        var node = hosts.root();
        int left = host.length();
        while (node != null) {
            if (node.prefix != null) {
                trees.addFirst(node.prefix);
            }
            if (left == 0) {
                if (node.exact != null) {
                    trees.addFirst(node.exact);
                }
                break;
            }
            node = HostWalk.step(node, host, left);
            left -= node == null ? 0 : node.label.length;
        }
        trees.addLast(anywhere);
        var all = new ArrayList<Candidate<T>>();
        trees.forEach(tree -> all.addAll(tree.candidates(exchange)));
        return all;
    }

    /** The candidates for the exchange's path at all hosts, in no order. */
    List<Candidate<T>> candidatesAtAnyHost(Exchange exchange) {
        var all = new ArrayList<Candidate<T>>();
        hosts.forEach(tree -> all.addAll(tree.candidates(exchange)));
        return all;
    }
}
