package io.suimon.bench.load;

import java.util.concurrent.CountDownLatch;

/** How many idle connections are there. Written on their event loop, but for {@link #closing}; read by any thread. */
final class Held {

    private final CountDownLatch waiting;
    private final Runnable next;
    private volatile int lost;
    private volatile String reason = "";
    private volatile boolean closing;

    /** @param next makes the next one */
    Held(CountDownLatch waiting, Runnable next) {
        this.waiting = waiting;
        this.next = next;
    }

    /** Those that are still to come. */
    CountDownLatch waiting() {
        return waiting;
    }

    /** One that was answered, and is idle from now on. */
    void there() {
        waiting.countDown();
        next.run();
    }

    /**
     * One that is not there.
     *
     * @param was whether it has been
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void gone(String why, boolean was) {
        if (closing) {
            return;
        }
        if (lost == 0) {
            reason = why;
        }
        lost++;
        if (!was) {
            there();
        }
    }

    /** From now on it is us who end them. */
    void closing() {
        closing = true;
    }

    int lost() {
        return lost;
    }

    /** Why the first one was lost. */
    String reason() {
        return reason;
    }
}
