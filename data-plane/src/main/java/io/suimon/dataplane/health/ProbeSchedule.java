package io.suimon.dataplane.health;

import java.util.ArrayList;
import java.util.List;

/**
 * Spreads probes over time: each node has one of {@value #SLOTS} slots, and its turn once a second, when that slot comes up. Slots are
 * dealt so that any number of nodes, one after the other, is spread evenly.
 */
final class ProbeSchedule {

    static final int SLOTS = 50;

    /** Coprime to the slots, and near their golden section. */
    private static final int STRIDE = 31;

    /** What has a turn once a second. */
    abstract static class Entry {
        private int slot;
        private int index = -1;

        abstract void turn();
    }

    private final List<List<Entry>> slots = new ArrayList<>(SLOTS);
    private int dealt;
    private int now;
    private int size;

    /** @param firstSlot any number: where dealing begins, so that nodes of Suimon do not all probe in step */
    ProbeSchedule(int firstSlot) {
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayList<>());
        }
        dealt = Math.floorMod(firstSlot, SLOTS);
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(Entry entry) {
        if (entry.index < 0) {
            dealt = (dealt + STRIDE) % SLOTS;
            entry.slot = dealt;
            entry.index = slots.get(dealt).size();
            slots.get(dealt).add(entry);
            size++;
        }
    }

    void remove(Entry entry) {
        int index = entry.index;
        if (index < 0) {
            return;
        }
        entry.index = -1;
        size--;
        var slot = slots.get(entry.slot);
        var last = slot.removeLast();
        if (index < slot.size()) {
            slot.set(index, last);
            last.index = index;
        }
    }

    /** The next slot: all whose slot it is have their turn; none of them adds or removes any. */
    void turn() {
        now = (now + 1) % SLOTS;
        slots.get(now).forEach(Entry::turn);
    }
}
