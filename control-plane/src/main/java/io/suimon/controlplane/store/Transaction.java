package io.suimon.controlplane.store;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Guards and mutations that belong together, within the rules etcd has for them, which hold for every store.
 *
 * @param guards at most {@link #MAX_OPERATIONS}; at most {@link #NESTED_OPERATIONS} where there are more mutations than {@link
 *     #MAX_OPERATIONS}
 * @param mutations at most {@link #MAX_MUTATIONS}; none touches a key that a put of the same transaction writes
 */
public record Transaction(List<Guard> guards, List<Mutation> mutations) {

    /** How many guards or mutations etcd takes at one level of a transaction: its default ({@code --max-txn-ops}). */
    public static final int MAX_OPERATIONS = 128;

    /**
     * How many guards or mutations a level has where a transaction is nested: etcd wants the levels on the way to an operation to have
     * no more than {@link #MAX_OPERATIONS} together, and there are {@link #LEVELS}.
     */
    public static final int NESTED_OPERATIONS = 40;

    private static final int LEVELS = 3;

    /** How many mutations a transaction may have. */
    public static final int MAX_MUTATIONS = (int) Math.pow(NESTED_OPERATIONS, LEVELS);

    /** What a mutation takes besides its path and value: the store's prefix, and etcd's framing. */
    private static final int FRAMING = 32;

    /** How many bytes of paths and values a transaction may have: etcd's default ({@code --max-request-bytes}) less its framing. */
    public static final int MAX_BYTES = 1_500_000;

    /** Refuses what no store carries out; such a transaction is a mistake of the caller's. */
    public Transaction {
        guards = List.copyOf(guards);
        mutations = List.copyOf(mutations);
        int maxGuards = mutations.size() > MAX_OPERATIONS ? NESTED_OPERATIONS : MAX_OPERATIONS;
        if (guards.size() > maxGuards || mutations.size() > MAX_MUTATIONS) {
            throw new IllegalArgumentException(
                    "transaction: %d guards, %d mutations (expected: at most %d guards, %d mutations)"
                            .formatted(guards.size(), mutations.size(), maxGuards, MAX_MUTATIONS));
        }
        refuseOverlap(mutations);
    }

    private static void refuseOverlap(List<Mutation> mutations) {
        var written = new HashSet<String>();
        for (var mutation : mutations) {
            if (mutation instanceof Mutation.Put && !written.add(mutation.path())) {
                throw overlap(mutation.path());
            }
        }
        for (var mutation : mutations) {
            boolean overlaps = switch (mutation) {
                case Mutation.Put put -> false;
                case Mutation.Delete delete -> written.contains(delete.path());
                case Mutation.DeletePrefix prefix -> written.stream().anyMatch(path -> path.startsWith(prefix.path()));
            };
            if (overlaps) {
                throw overlap(mutation.path());
            }
        }
    }

    private static IllegalArgumentException overlap(String path) {
        return new IllegalArgumentException(
                "transaction: " + path + " is written twice (expected: one mutation per key)");
    }

    /** Why a store refuses this for its size, on one line; empty when it does not. */
    public Optional<String> tooLarge() {
        long bytes = bytes();
        return bytes <= MAX_BYTES
                ? Optional.empty()
                : Optional.of("transaction of " + bytes + " bytes (expected: at most " + MAX_BYTES + ")");
    }

    /** How much a store has to take at once. */
    public long bytes() {
        long bytes = 0;
        for (var mutation : mutations) {
            bytes += FRAMING + mutation.path().length();
            if (mutation instanceof Mutation.Put put) {
                bytes += put.value().length;
            }
        }
        return bytes;
    }
}
