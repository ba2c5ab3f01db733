package io.suimon.engine.balance;

import java.util.BitSet;
import java.util.TreeMap;

/**
 * The members of a group by how loaded they are: how many exchanges each has under way, and one more, for its weight.
 *
 * <p>Members of one weight are kept in order by themselves, and a binary heap has the weights by their least loaded member. So what
 * changes costs as many steps as the number of different weights has digits, and finding somebody one for each who is excluded.
 */
final class LoadHeap {

    /** One weight, and where it is in the heap. */
    private static final class Entry {
        private final EqualWeights members;
        private int position;
        private double load;
        private long taken;

        private Entry(EqualWeights members) {
            this.members = members;
        }

        private boolean isBefore(Entry other) {
            return load < other.load || (load == other.load && taken < other.taken);
        }
    }

    private final int[] places;
    private final int[] exchanges;
    private final Entry[] entryOf;
    private final Entry[] heap;
    private long takes;

    /**
     * @param weights by place
     * @param first whose turn it is among equals
     */
    LoadHeap(int[] places, int[] weights, int first) {
        int size = places.length;
        this.places = places;
        this.exchanges = new int[size];
        this.entryOf = new Entry[size];
        var next = new int[size];
        var previous = new int[size];
        var byWeight = new TreeMap<Integer, Entry>();
        for (int i = 0; i < size; i++) {
            int member = (first + i) % size;
            var entry = byWeight.computeIfAbsent(
                    weights[places[member]], weight -> new Entry(new EqualWeights(weight, next, previous)));
            entryOf[member] = entry;
            entry.members.add(member, 0);
            entry.load = entry.members.load(0);
        }
        this.heap = byWeight.descendingMap().values().toArray(Entry[]::new); // the heaviest is the least loaded
        for (int i = 0; i < heap.length; i++) {
            heap[i].position = i;
        }
    }

    /** The least loaded member whose place is not excluded, or {@link LoadBalancer#NONE}. */
    int least(BitSet excluded) {
        int member = heap[0].members.least();
        return excluded.get(places[member]) ? least(0, LoadBalancer.NONE, excluded) : member;
    }

    /** Looks below only as long as that may be better: as deep as the recursion goes, the heap is. */
    private int least(int at, int found, BitSet excluded) {
        if (at >= heap.length || (found != LoadBalancer.NONE && heap[at].load >= load(found))) {
            return found;
        }
        int own = heap[at].members.least(excluded, places);
        boolean better = own != LoadBalancer.NONE && (found == LoadBalancer.NONE || load(own) < load(found));
        return least(2 * at + 2, least(2 * at + 1, better ? own : found, excluded), excluded);
    }

    private double load(int member) {
        return entryOf[member].members.load(exchanges[member]);
    }

    /** A member has so many exchanges under way. */
    void count(int member, int now) {
        if (exchanges[member] == now) {
            return;
        }
        var entry = entryOf[member];
        entry.members.remove(member, exchanges[member]);
        entry.members.add(member, now);
        exchanges[member] = now;
        double before = entry.load;
        entry.load = entry.members.load(entry.members.fewest());
        if (entry.load < before) {
            up(entry);
        } else if (entry.load > before) {
            down(entry);
        }
    }

    /** A member was taken, and has so many exchanges under way: others as loaded as it come first. */
    void taken(int member, int now) {
        var entry = entryOf[member];
        entry.taken = takes++;
        count(member, now);
        down(entry);
    }

    private void up(Entry entry) {
        int at = entry.position;
        while (at > 0 && entry.isBefore(heap[(at - 1) / 2])) {
            put(at, heap[(at - 1) / 2]);
            at = (at - 1) / 2;
        }
        put(at, entry);
    }

    private void down(Entry entry) {
        int at = entry.position;
        for (int child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
            if (child + 1 < heap.length && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(entry)) {
                break;
            }
            put(at, heap[child]);
            at = child;
        }
        put(at, entry);
    }

    private void put(int at, Entry entry) {
        heap[at] = entry;
        entry.position = at;
    }
}
