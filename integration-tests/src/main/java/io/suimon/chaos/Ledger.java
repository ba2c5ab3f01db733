package io.suimon.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What may stand in the store: the last value that was acknowledged, and every later one of which nobody can say. Once a value is
 * acknowledged, an older one that appears again is a broken promise, and so is a value that is gone.
 *
 * <p>Thread-safe; writes to one key are put in order.
 */
final class Ledger {

    private final Map<String, Entry> entries = new TreeMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /** Values that may be there; -1 stands for none. Guarded by itself. */
    private static final class Entry {
        private final Set<Integer> possible = new HashSet<>(Set.of(-1));
    }

    /** A value that was not written yet. */
    int next() {
        return numbers.getAndIncrement();
    }

    /** Writes a value to a key, and notes what that came to. Waits for a write to the same key that is under way. */
    void write(String key, int value, Supplier<AdminAnswer> write) {
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(key, unused -> new Entry());
        }
        synchronized (entry) {
            var answer = write.get();
            if (answer.good()) {
                entry.possible.clear();
            }
            if (answer.good() || answer.mayTakeEffect()) {
                entry.possible.add(value);
            }
        }
    }

    /** Takes what is there for what should be, whatever was written. */
    void adopt(Function<String, Integer> read) {
        synchronized (entries) {
            entries.forEach((key, entry) -> {
                synchronized (entry) {
                    entry.possible.clear();
                    entry.possible.add(read.apply(key));
                }
            });
        }
    }

    /**
     * Compares with what is there.
     *
     * @param read a key's value; -1 for none
     * @return what is not as it may be, for people; empty when all is well
     */
    List<String> violations(Function<String, Integer> read) {
        var found = new ArrayList<String>();
        synchronized (entries) {
            entries.forEach((key, entry) -> {
                synchronized (entry) {
                    int value = read.apply(key);
                    if (!entry.possible.contains(value)) {
                        found.add(key + " is " + value + " (expected: one of " + entry.possible + ")");
                    }
                }
            });
        }
        return found;
    }

    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }
}
