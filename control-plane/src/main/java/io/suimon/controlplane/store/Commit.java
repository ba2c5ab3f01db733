package io.suimon.controlplane.store;

/** What became of a transaction. */
public sealed interface Commit {

    /**
     * Carried out, durably.
     *
     * @param revision the store's revision that holds it
     */
    record Done(long revision) implements Commit {}

    /** Not carried out: a guard did not hold. */
    record Conflict() implements Commit {}

    /**
     * Not carried out: it is more than the store takes at once, now and later.
     *
     * @param reason names the size and the limit, for people, on one line
     */
    record TooLarge(String reason) implements Commit {}

    /**
     * The store did not answer as it should.
     *
     * @param mayTakeEffect whether the write may have been carried out all the same, now or later
     * @param reason for people, on one line
     */
    record Unavailable(boolean mayTakeEffect, String reason) implements Commit {}
}
