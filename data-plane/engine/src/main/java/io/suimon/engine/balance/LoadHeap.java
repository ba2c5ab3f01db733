package io.suimon.engine.balance;

import java.util.BitSet;

/**
 * The members of a group by how loaded they are; among equals whoever was taken longest ago comes first. A binary heap: what changes
 * costs as many steps as the group's size has digits, and so does finding the first that is not excluded, for each one that is.
 */
final class LoadHeap {

    private final int[] places;
    private final double[] loads;
    private final long[] taken;
    private final int[] heap;
    private final int[] positions;
    private long takes;

    /** @param first whose turn it is among equals */
    LoadHeap(int[] places, int first) {
        int size = places.length;
        this.places = places;
        this.loads = new double[size];
        this.taken = new long[size];
        this.heap = new int[size];
        this.positions = new int[size];
        for (int i = 0; i < size; i++) {
            int member = (first + i) % size;
            taken[member] = (long) i - size;
            heap[i] = member;
            positions[member] = i;
        }
    }

    /** The least loaded member whose place is not excluded, or {@link LoadBalancer#NONE}. */
    int least(BitSet excluded) {
        return least(0, LoadBalancer.NONE, excluded);
    }

    /** Looks below only as long as that may be better: as deep as the recursion goes, the heap is. */
    private int least(int at, int found, BitSet excluded) {
        if (at >= heap.length) {
            return found;
        }
        int member = heap[at];
        if (found != LoadBalancer.NONE && !isBefore(member, found)) {
            return found;
        }
        if (!excluded.get(places[member])) {
            return member;
        }
        return least(2 * at + 2, least(2 * at + 1, found, excluded), excluded);
    }

    /** A member has so much load now. */
    void load(int member, double load) {
        double before = loads[member];
        loads[member] = load;
        if (load < before) {
            up(positions[member]);
        } else if (load > before) {
            down(positions[member]);
        }
    }

    /** A member was taken, and has so much load now. */
    void taken(int member, double load) {
        taken[member] = takes++;
        loads[member] = load;
        down(positions[member]);
    }

    private boolean isBefore(int one, int other) {
        return loads[one] < loads[other] || (loads[one] == loads[other] && taken[one] < taken[other]);
    }

    private void up(int from) {
        int at = from;
        int member = heap[at];
        while (at > 0 && isBefore(member, heap[(at - 1) / 2])) {
            put(at, heap[(at - 1) / 2]);
            at = (at - 1) / 2;
        }
        put(at, member);
    }

    private void down(int from) {
        int at = from;
        int member = heap[at];
        for (int child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
            if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], member)) {
                break;
            }
            put(at, heap[child]);
            at = child;
        }
        put(at, member);
    }

    private void put(int at, int member) {
        heap[at] = member;
        positions[member] = at;
    }
}
