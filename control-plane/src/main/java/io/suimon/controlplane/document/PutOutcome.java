package io.suimon.controlplane.document;

/** What became of a document that was put. */
public sealed interface PutOutcome {

    /**
     * It is in the store, with all its resources.
     *
     * @param lastModified when, in Unix seconds
     */
    record Written(long revision, long lastModified) implements PutOutcome {}

    /** Nothing was written; the message is for people. */
    record Refused(String message) implements PutOutcome {}

    /** Others put documents again and again; nothing was written. */
    record Contended() implements PutOutcome {}

    /**
     * The store did not answer as it should.
     *
     * @param mayTakeEffect whether the document may have been written all the same, now or later
     */
    record Unavailable(String reason, boolean mayTakeEffect) implements PutOutcome {}
}
