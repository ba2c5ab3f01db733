package io.suimon.controlplane.store;

import java.util.List;

/** Is told of every change, in order. Calls come one after the other, on a thread of the store's that it must not hold up. */
public interface StoreWatcher {

    /**
     * The store advanced.
     *
     * @param revision the store's revision these events complete
     * @param events all changes of the revisions since the last call, in order; never a part of a revision
     */
    void changed(long revision, List<StoreEvent> events);

    /** Nothing changed up to this revision: the watch is alive. */
    void progressed(long revision);

    /**
     * The watch ended; events may have been missed from the last revision told. The store has been closed, or must be listed
     * and watched anew.
     *
     * @param reason for people, on one line
     */
    void ended(String reason);
}
