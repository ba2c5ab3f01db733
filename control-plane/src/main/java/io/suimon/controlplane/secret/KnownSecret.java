package io.suimon.controlplane.secret;

import java.time.Instant;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of one reference. Of the resolver's thread, like the {@link SecretTable} it belongs to. */
final class KnownSecret {

    private static final int USERS_SHOWN = 100;

    final String text;
    final Reference reference;
    /** Paths of the entries it stands in. */
    final TreeSet<String> users = new TreeSet<>();
    /** Until when resources wait for its first answer; by the nano clock. */
    final long patientUntil;

    private @Nullable String value;
    private @Nullable String reason;
    private SecretState state = SecretState.PENDING;
    private Instant since;

    KnownSecret(String text, Reference reference, long patientUntil, Instant now) {
        this.text = text;
        this.reference = reference;
        this.patientUntil = patientUntil;
        this.since = now;
    }

    SecretState state() {
        return state;
    }

    /** The last value; null when there never was one. */
    @Nullable
    String value() {
        return value;
    }

    /** Why it is not resolved; null when it is, or when nothing is known yet. */
    @Nullable
    String reason() {
        return reason;
    }

    /** Whether its resources are to wait for its first answer. */
    boolean holdsBack(long now) {
        return state == SecretState.PENDING && now - patientUntil < 0;
    }

    /** What taking in an outcome changed. */
    record Change(boolean value, boolean state) {}

    Change take(Outcome outcome, Instant now) {
        var oldValue = value;
        var oldState = state;
        switch (outcome) {
            case Outcome.Value(var text) -> {
                value = text;
                reason = null;
                state = SecretState.RESOLVED;
            }
            case Outcome.Failed(var why) -> {
                reason = why;
                state = value == null ? SecretState.FAILED : SecretState.STALE;
            }
        }
        boolean moved = state != oldState;
        if (moved) {
            since = now;
        }
        boolean other = value != null && !value.equals(oldValue);
        return new Change(other || oldState == SecretState.PENDING, moved);
    }

    /** As people are shown it. */
    SecretListing.Listed listed() {
        return new SecretListing.Listed(
                text,
                state.word(),
                since.toString(),
                reason,
                users.stream().limit(USERS_SHOWN).toList(),
                users.size());
    }

    @Override
    public String toString() {
        return text + " " + state;
    }
}
