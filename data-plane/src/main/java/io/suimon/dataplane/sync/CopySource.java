package io.suimon.dataplane.sync;

/** Where a disk copy gets its content from, when it is about to be written. */
@FunctionalInterface
public interface CopySource {

    /**
     * The newest state. What is returned counts as kept: the next step begins there. May be called by any thread, one at a time.
     *
     * @param whole whether it must be all of it, as nothing it could be a step from is on the disk
     */
    CopyContent next(boolean whole);
}
