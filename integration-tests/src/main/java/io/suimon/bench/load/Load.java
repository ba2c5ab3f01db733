package io.suimon.bench.load;

/** How a proxy is loaded. */
public interface Load {

    /**
     * Loads a proxy, and ends in time whatever that one does.
     *
     * @throws FailedLoadException when anything was not answered as it should be: such a run has no average
     */
    Answered run(Door door, int seconds);
}
