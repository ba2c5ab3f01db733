package io.suimon.engine.balance;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The members of a group that have one weight, by how many exchanges each has under way; among equals whoever came to be so first.
 *
 * <p>One queue for each number of exchanges, chained through arrays, so that a member that has one more or one less costs the same
 * however many members there are. The queues are as many as exchanges were under way at one member.
 */
final class EqualWeights {

    private static final int NOBODY = LoadBalancer.NONE;

    private final int weight;
    private final int[] next;
    private final int[] previous;
    private final BitSet filled = new BitSet();
    private int[] first = {NOBODY, NOBODY};
    private int[] last = {NOBODY, NOBODY};

    /** @param next and previous: by member, of all members of the group; this touches those of its own */
    EqualWeights(int weight, int[] next, int[] previous) {
        this.weight = weight;
        this.next = next;
        this.previous = previous;
    }

    /** How loaded a member of this weight is; without weight, as loaded as can be. */
    double load(int exchanges) {
        return weight <= 0 ? Double.POSITIVE_INFINITY : (exchanges + 1.0) / weight;
    }

    /** The fewest exchanges any member has under way. */
    int fewest() {
        return filled.nextSetBit(0);
    }

    /** The first member with the fewest exchanges. */
    int least() {
        return first[filled.nextSetBit(0)];
    }

    /** The first member with the fewest exchanges of those whose place is not excluded, or {@link LoadBalancer#NONE}. */
    int least(BitSet excluded, int[] places) {
        for (int exchanges = fewest(); exchanges >= 0; exchanges = filled.nextSetBit(exchanges + 1)) {
            for (int member = first[exchanges]; member != NOBODY; member = next[member]) {
                if (!excluded.get(places[member])) {
                    return member;
                }
            }
        }
        return NOBODY;
    }

    /** A member has so many exchanges under way. */
    void add(int member, int exchanges) {
        if (exchanges >= first.length) {
            grow(exchanges);
        }
        int before = last[exchanges];
        next[member] = NOBODY;
        previous[member] = before;
        last[exchanges] = member;
        if (before == NOBODY) {
            first[exchanges] = member;
            filled.set(exchanges);
        } else {
            next[before] = member;
        }
    }

    /** A member that was {@link #add added} has another number of them. */
    void remove(int member, int exchanges) {
        int before = previous[member];
        int after = next[member];
        if (before == NOBODY) {
            first[exchanges] = after;
        } else {
            next[before] = after;
        }
        if (after == NOBODY) {
            last[exchanges] = before;
        } else {
            previous[after] = before;
        }
        if (before == NOBODY && after == NOBODY) {
            filled.clear(exchanges);
        }
    }

    private void grow(int exchanges) {
        int before = first.length;
        int size = Math.max(exchanges + 1, 2 * before);
        first = Arrays.copyOf(first, size);
        last = Arrays.copyOf(last, size);
        Arrays.fill(first, before, size, NOBODY);
        Arrays.fill(last, before, size, NOBODY);
    }
}
