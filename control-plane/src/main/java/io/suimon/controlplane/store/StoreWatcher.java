package io.suimon.controlplane.store;

import java.util.List;

/** Is told of every change, in order. Calls come one after the other, on a thread of the store's that it must not hold up. */
public interface StoreWatcher {

    /** How a watch came to its end, and so how to go on. */
    enum Ending {
        /** The connection broke: a watch after the last revision told misses nothing. */
        INTERRUPTED,
        /** The store no longer has the history, or is not the store it was: list it anew. */
        HISTORY_LOST,
        /** The store was closed. */
        CLOSED
    }

    /**
     * The store advanced.
     *
     * @param revision the store's revision these events complete
     * @param events all changes of the revisions since the last call, in order; never a part of a revision
     */
    void changed(long revision, List<StoreEvent> events);

    /**
     * The watch is alive, and nothing changed up to this revision.
     *
     * @param revision the last one told, or a later one at which nothing below the prefix changed
     */
    void progressed(long revision);

    /**
     * The watch ended by itself; nothing more is told.
     *
     * @param reason for people, on one line
     */
    void ended(Ending ending, String reason);
}
