package io.suimon.engine.routing;

import org.jspecify.annotations.Nullable;

/** Follows a host from its last character to its first: the way hosts lie in tries. */
final class HostWalk {

    private HostWalk() {}

    /** The value of exactly this host, or null. */
    static <V> @Nullable V exact(ByteTrie<V> trie, String host) {
        var node = trie.root();
        int left = host.length();
        while (left > 0) {
            node = step(node, host, left);
            if (node == null) {
                return null;
            }
            left -= node.label.length;
        }
        return node.exact;
    }

    /** The child whose label the host's first {@code left} characters end in, or null. */
    static <V> ByteTrie.@Nullable Node<V> step(ByteTrie.Node<V> node, String host, int left) {
        var child = node.child((byte) host.charAt(left - 1));
        if (child == null || child.label.length > left) {
            return null;
        }
        byte[] label = child.label;
        for (int i = 1; i < label.length; i++) {
            if ((byte) host.charAt(left - 1 - i) != label[i]) {
                return null;
            }
        }
        return child;
    }
}
