package io.suimon.dataplane.proxy;

/** A connection of a client, whatever it speaks. Touched on its event loop only. */
public interface OpenConnection {

    /** Closes behind what runs, or at once. */
    void drain();

    /** Closes as it is; more than once is once. */
    void close();
}
