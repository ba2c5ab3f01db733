package io.suimon.controlplane.admin;

import io.suimon.controlplane.admission.Change;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a request comes to on one view of the store. */
sealed interface Proposal {

    /**
     * This is to be done.
     *
     * @param timeToLive the resource disappears after so long; null means it stays
     */
    record Write(Change change, @Nullable Duration timeToLive) implements Proposal {}

    /** There is nothing it could be done to. */
    record Absent() implements Proposal {}

    /** It cannot be done; the message is for people. */
    record Refused(int status, String message) implements Proposal {}
}
