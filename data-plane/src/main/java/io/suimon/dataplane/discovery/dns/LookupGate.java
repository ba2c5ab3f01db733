package io.suimon.dataplane.discovery.dns;

import java.util.ArrayDeque;
import java.util.Deque;

/** Lets so many look at a time; others wait for their turn. Of one event loop. */
final class LookupGate {

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int free;
    private boolean running;

    LookupGate(int free) {
        this.free = free;
    }

    /** Runs at once, or later; {@link #leave} follows. */
    void enter(Runnable look) {
        waiting.add(look);
        run();
    }

    void leave() {
        free++;
        run();
    }

    /** One after the other, and not one inside the other: who runs may leave at once. */
    private void run() {
        if (running) {
            return;
        }
        running = true;
        while (free > 0 && !waiting.isEmpty()) {
            free--;
            waiting.remove().run();
        }
        running = false;
    }
}
