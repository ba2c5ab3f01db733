package io.suimon.controlplane.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.controlplane.admission.Admission;
import io.suimon.controlplane.mirror.Mirror;
import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.security.FieldEncryption;
import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.Guard;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.Transaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Reviews, writes and reads the whole configuration as one document.
 *
 * <p>A document is written in one transaction: all of it is in the store, or none. Thread-safe; calls block.
 */
@Singleton
public final class Documents {

    /** How many errors of a document are told; the rest is not looked for. */
    private static final int MAX_ERRORS = 1_000;

    private static final int MAX_ATTEMPTS = 5;

    /** How long a lost race, or one's own write, may take to reach the mirror. */
    private static final Duration MIRROR_WAIT = Duration.ofSeconds(2);

    private final ConfigStore store;
    private final Mirror mirror;
    private final Admission admission;
    private final FieldEncryption encryption;
    private final InstantSource clock;

    public Documents(
            ConfigStore store, Mirror mirror, Admission admission, FieldEncryption encryption, InstantSource clock) {
        this.store = store;
        this.mirror = mirror;
        this.admission = admission;
        this.encryption = encryption;
        this.clock = clock;
    }

    /**
     * What is wrong with a document.
     *
     * @param indexed whether its items may have a {@code modifiedIndex}
     */
    public List<DocumentError> review(JsonNode document, boolean indexed) {
        return new DocumentReview(admission, encryption, document, indexed, MAX_ERRORS).errors();
    }

    /** The newest document there is. */
    public StoredDocument stored() {
        return new StoredDocument(mirror.view(), encryption);
    }

    /**
     * Makes the configuration what a document says.
     *
     * @param digest what its author calls it
     */
    public PutOutcome put(JsonNode document, String digest) throws InterruptedException {
        var review = new DocumentReview(admission, encryption, document, true, 1);
        var errors = review.errors();
        if (!errors.isEmpty()) {
            return new PutOutcome.Refused(errors.getFirst().text());
        }
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            var view = mirror.view();
            var trouble = trouble(view);
            if (trouble.isPresent()) {
                return trouble.get();
            }
            long now = clock.instant().getEpochSecond();
            switch (new DocumentPlan(view, review.document(), encryption).result(digest, now)) {
                case DocumentPlan.Result.Refused(var message) -> {
                    return new PutOutcome.Refused(message);
                }
                case DocumentPlan.Result.Writes(var mutations) -> {
                    var outcome = write(view, mutations, now);
                    if (outcome.isPresent()) {
                        return outcome.get();
                    }
                    mirror.await(view.revision() + 1, MIRROR_WAIT);
                }
            }
        }
        return new PutOutcome.Contended();
    }

    /** Empty when somebody else was faster. */
    private Optional<PutOutcome> write(MirrorView view, List<Mutation> mutations, long now)
            throws InterruptedException {
        var head = view.get(DocumentState.PATH);
        var guards = List.of(new Guard(DocumentState.PATH, head == null ? 0 : head.modRevision()));
        if (mutations.size() > Transaction.MAX_MUTATIONS) {
            return Optional.of(
                    tooLarge(mutations.size() + " changes (expected: at most " + Transaction.MAX_MUTATIONS + ")"));
        }
        return switch (store.commit(guards, mutations)) {
            case Commit.Conflict() -> Optional.empty();
            case Commit.TooLarge(var reason) -> Optional.of(tooLarge(reason));
            case Commit.Unavailable(var mayTakeEffect, var reason) ->
                Optional.of(new PutOutcome.Unavailable(reason, mayTakeEffect));
            case Commit.Done(var revision) -> {
                mirror.await(revision, MIRROR_WAIT);
                yield Optional.of(new PutOutcome.Written(revision, now));
            }
        };
    }

    private static PutOutcome tooLarge(String what) {
        return new PutOutcome.Refused("too many changes at once: " + what + "; change fewer directories at a time");
    }

    /** Why nothing can be decided on a view: it was never read, or is of another store. */
    private Optional<PutOutcome> trouble(MirrorView view) {
        var reason = view.revision() == 0
                ? Optional.of(mirror.stale().orElse("the store was not read yet"))
                : mirror.alarm();
        return reason.map(text -> new PutOutcome.Unavailable(text, false));
    }
}
