package io.suimon.chaos;

/**
 * One request that a probe made.
 *
 * @param at when it was due, as {@link System#nanoTime} says
 * @param nanos from then to the end of its answer, or until it was given up
 * @param detail a status line, or what went wrong
 */
record Sample(Signal signal, long at, Outcome outcome, long nanos, String detail) {

    /** What was asked. */
    enum Signal {
        /** A request of a client through a node. */
        TRAFFIC,
        /** A GET of a route from a control plane. */
        READ,
        /** A PUT of a route to a control plane. */
        WRITE
    }

    /** What came of it. */
    enum Outcome {
        OK,
        /** Answered 503 in the words agreed on: nothing is left open. */
        REFUSED,
        FAILED
    }
}
