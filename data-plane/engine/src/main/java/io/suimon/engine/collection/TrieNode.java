package io.suimon.engine.collection;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of a hash trie: entries and children picked by five bits of the hash per level.
 *
 * <p>Entries lie at the front of {@code slots} as key and value, children at its end in reverse, each group in the order of its
 * bits, so a node takes no more room than it uses. Where two hashes are equal in all bits, a node of its own kind lists the
 * entries. Immutable: {@code slots} is never written to after construction.
 */
final class TrieNode {

    static final TrieNode EMPTY = new TrieNode(0, 0, new Object[0]);

    private static final int BITS = 5;
    private static final int MASK = (1 << BITS) - 1;
    private static final int HASH_BITS = Integer.SIZE;

    private final int entryBits;
    private final int childBits;
    private final Object[] slots;

    private TrieNode(int entryBits, int childBits, Object[] slots) {
        this.entryBits = entryBits;
        this.childBits = childBits;
        this.slots = slots;
    }

    /** The hash of a key, its high bits mixed into the low ones, which are looked at first. */
    static int spread(Object key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    @Nullable
    Object find(int hash, int shift, Object key) {
        var node = this;
        for (int level = shift; level < HASH_BITS; level += BITS) {
            int bit = bit(hash, level);
            if ((node.entryBits & bit) != 0) {
                int at = node.entryIndex(bit);
                return node.slots[at].equals(key) ? node.slots[at + 1] : null;
            }
            if ((node.childBits & bit) == 0) {
                return null;
            }
            node = node.child(bit);
        }
        int at = node.listed(key);
        return at < 0 ? null : node.slots[at + 1];
    }

    TrieNode with(int hash, int shift, Object key, Object value) {
        if (shift >= HASH_BITS) {
            int at = listed(key);
            return at < 0 ? inserted(slots.length, key, value, 0) : replaced(at + 1, value);
        }
        int bit = bit(hash, shift);
        if ((childBits & bit) != 0) {
            return replaced(childIndex(bit), child(bit).with(hash, shift + BITS, key, value));
        }
        int at = entryIndex(bit);
        if ((entryBits & bit) == 0) {
            return inserted(at, key, value, bit);
        }
        if (slots[at].equals(key)) {
            return replaced(at + 1, value);
        }
        var below = EMPTY.with(spread(slots[at]), shift + BITS, slots[at], slots[at + 1])
                .with(hash, shift + BITS, key, value);
        return entryBecomesChild(at, bit, below);
    }

    /** Without a key that is there. */
    TrieNode without(int hash, int shift, Object key) {
        if (shift >= HASH_BITS) {
            return removed(listed(key), 0);
        }
        int bit = bit(hash, shift);
        if ((entryBits & bit) != 0) {
            return removed(entryIndex(bit), bit);
        }
        var below = child(bit).without(hash, shift + BITS, key);
        return below.isSingleEntry() ? childBecomesEntry(bit, below) : replaced(childIndex(bit), below);
    }

    void forEach(BiConsumer<Object, Object> action) {
        int children = Integer.bitCount(childBits);
        for (int i = 0; i < slots.length - children; i += 2) {
            action.accept(slots[i], slots[i + 1]);
        }
        for (int i = slots.length - children; i < slots.length; i++) {
            ((TrieNode) slots[i]).forEach(action);
        }
    }

    private static int bit(int hash, int shift) {
        return 1 << ((hash >>> shift) & MASK);
    }

    private int entryIndex(int bit) {
        return 2 * Integer.bitCount(entryBits & (bit - 1));
    }

    private int childIndex(int bit) {
        return slots.length - 1 - Integer.bitCount(childBits & (bit - 1));
    }

    private TrieNode child(int bit) {
        return (TrieNode) slots[childIndex(bit)];
    }

    private boolean isSingleEntry() {
        return childBits == 0 && slots.length == 2;
    }

    private int listed(Object key) {
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private TrieNode replaced(int at, Object value) {
        var copy = slots.clone();
        copy[at] = value;
        return new TrieNode(entryBits, childBits, copy);
    }

    private TrieNode inserted(int at, Object key, Object value, int bit) {
        var copy = new Object[slots.length + 2];
        System.arraycopy(slots, 0, copy, 0, at);
        copy[at] = key;
        copy[at + 1] = value;
        System.arraycopy(slots, at, copy, at + 2, slots.length - at);
        return new TrieNode(entryBits | bit, childBits, copy);
    }

    private TrieNode removed(int at, int bit) {
        var copy = Arrays.copyOf(slots, slots.length - 2);
        System.arraycopy(slots, at + 2, copy, at, copy.length - at);
        return new TrieNode(entryBits & ~bit, childBits, copy);
    }

    private TrieNode entryBecomesChild(int at, int bit, TrieNode below) {
        int target = childIndex(bit) - 1;
        var copy = new Object[slots.length - 1];
        System.arraycopy(slots, 0, copy, 0, at);
        System.arraycopy(slots, at + 2, copy, at, target - at);
        copy[target] = below;
        System.arraycopy(slots, target + 2, copy, target + 1, copy.length - target - 1);
        return new TrieNode(entryBits & ~bit, childBits | bit, copy);
    }

    private TrieNode childBecomesEntry(int bit, TrieNode below) {
        int from = childIndex(bit);
        int at = entryIndex(bit);
        var copy = new Object[slots.length + 1];
        System.arraycopy(slots, 0, copy, 0, at);
        copy[at] = below.slots[0];
        copy[at + 1] = below.slots[1];
        System.arraycopy(slots, at, copy, at + 2, from - at);
        System.arraycopy(slots, from + 1, copy, from + 2, slots.length - from - 1);
        return new TrieNode(entryBits | bit, childBits & ~bit, copy);
    }
}
