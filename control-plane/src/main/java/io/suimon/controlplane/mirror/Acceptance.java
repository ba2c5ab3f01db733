package io.suimon.controlplane.mirror;

/** What became of the wish to go on with the store as it is. */
public sealed interface Acceptance {

    /**
     * The view is what the store holds.
     *
     * @param view the first one since
     */
    record Accepted(MirrorView view) implements Acceptance {}

    /** The view is not frozen. */
    record NothingToAccept() implements Acceptance {}

    /**
     * The store could not be read.
     *
     * @param reason for people, on one line
     */
    record Unavailable(String reason) implements Acceptance {}
}
