package io.suimon.controlplane.admin;

import io.suimon.controlplane.admission.Admission;
import io.suimon.controlplane.admission.Change;
import io.suimon.controlplane.admission.Verdict;
import io.suimon.controlplane.mirror.Mirror;
import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.security.FieldEncryption;
import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.Guard;
import io.suimon.controlplane.store.Mutation;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The only way into the store: a change is committed on the very view it was reviewed against, or reviewed again.
 *
 * <p>Thread-safe; calls block until the store answered and the mirror shows what was written.
 */
@Singleton
public final class ResourceWriter {

    private static final int MAX_ATTEMPTS = 5;

    /** How long a lost race, or one's own write, may take to reach the mirror. */
    private static final Duration MIRROR_WAIT = Duration.ofSeconds(2);

    private static final String GENERATOR = "gen_id";
    private static final byte[] GENERATED = "1".getBytes(StandardCharsets.US_ASCII);

    private final ConfigStore store;
    private final Mirror mirror;
    private final Admission admission;
    private final FieldEncryption encryption;

    public ResourceWriter(ConfigStore store, Mirror mirror, Admission admission, FieldEncryption encryption) {
        this.store = store;
        this.mirror = mirror;
        this.admission = admission;
        this.encryption = encryption;
    }

    /** Carries out an edit on the newest view, and again on newer ones for as long as others are faster. */
    WriteOutcome write(Edit edit) throws InterruptedException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            var view = mirror.view();
            var trouble = trouble(view);
            if (trouble.isPresent()) {
                return trouble.get();
            }
            switch (edit.on(view)) {
                case Proposal.Absent() -> {
                    return new WriteOutcome.Absent();
                }
                case Proposal.Refused(var status, var message) -> {
                    return new WriteOutcome.Refused(status, message);
                }
                case Proposal.Write write -> {
                    if (!(attempt(write, view) instanceof Attempt.Over(var outcome))) {
                        mirror.await(view.revision() + 1, MIRROR_WAIT);
                        continue;
                    }
                    return outcome;
                }
            }
        }
        return new WriteOutcome.Contended();
    }

    /** Whether a change would be admitted now; the outcome is the refusal. */
    Optional<WriteOutcome> refusal(Change change) {
        var view = mirror.view();
        var trouble = trouble(view);
        if (trouble.isPresent()) {
            return trouble;
        }
        return switch (admission.review(reviewed(change), view)) {
            case Verdict.Admitted admitted -> Optional.empty();
            case Verdict.Refused(var status, var message) -> Optional.of(new WriteOutcome.Refused(status, message));
        };
    }

    /** Advances the store; its revision then is a number nobody else has. */
    Commit newNumber() {
        return store.commit(List.of(), List.of(new Mutation.Put(GENERATOR, GENERATED, null)));
    }

    /** Writes a key that is no resource, whatever it holds now. */
    Commit put(String path, byte[] value) throws InterruptedException {
        var reason = reason(mirror.view());
        if (reason.isPresent()) {
            return new Commit.Unavailable(false, reason.get());
        }
        var commit = store.commit(List.of(), List.of(new Mutation.Put(path, value, null)));
        if (commit instanceof Commit.Done(var revision)) {
            mirror.await(revision, MIRROR_WAIT);
        }
        return commit;
    }

    /** What one try came to. */
    private sealed interface Attempt {
        record Over(WriteOutcome outcome) implements Attempt {}

        record Lost() implements Attempt {}
    }

    private Attempt attempt(Proposal.Write write, MirrorView view) throws InterruptedException {
        var change = reviewed(write.change());
        return switch (admission.review(change, view)) {
            case Verdict.Refused(var status, var message) ->
                new Attempt.Over(new WriteOutcome.Refused(status, message));
            case Verdict.Admitted(var reviewed) ->
                commit(new Proposal.Write(stored(change), write.timeToLive()), view, reviewed);
        };
    }

    /** What is reviewed has all its secrets plain. */
    private Change reviewed(Change change) {
        return change instanceof Change.Put(var key, var value)
                ? new Change.Put(key, encryption.written(key, value))
                : change;
    }

    /** What is stored has them encrypted. */
    private Change stored(Change change) {
        return change instanceof Change.Put(var key, var value)
                ? new Change.Put(key, encryption.sealed(key, value))
                : change;
    }

    private Attempt commit(Proposal.Write write, MirrorView view, List<Guard> reviewed) throws InterruptedException {
        var change = write.change();
        var guards = new ArrayList<>(reviewed);
        guards.add(guard(change.key(), view));
        return switch (store.commit(guards, mutations(write))) {
            case Commit.Conflict() -> new Attempt.Lost();
            case Commit.TooLarge(var reason) -> new Attempt.Over(tooLarge(reason));
            case Commit.Unavailable(var mayTakeEffect, var reason) ->
                new Attempt.Over(new WriteOutcome.Unavailable(reason, mayTakeEffect));
            case Commit.Done(var revision) -> {
                mirror.await(revision, MIRROR_WAIT);
                yield new Attempt.Over(done(change, view, revision));
            }
        };
    }

    /** What is stored may be larger than what was sent: it has times, and secrets are encrypted. */
    static WriteOutcome tooLarge(String reason) {
        return new WriteOutcome.Refused(400, "too large to be stored: " + reason);
    }

    private static WriteOutcome done(Change change, MirrorView view, long revision) {
        return switch (change) {
            case Change.Put(var key, var value) ->
                new WriteOutcome.Written(key, value, view.get(key.path()) == null, revision);
            case Change.Delete(var key, var force) -> new WriteOutcome.Removed(key, revision);
        };
    }

    private static Guard guard(ResourceKey key, MirrorView view) {
        var entry = view.get(key.path());
        return new Guard(key.path(), entry == null ? 0 : entry.modRevision());
    }

    private static List<Mutation> mutations(Proposal.Write write) {
        return switch (write.change()) {
            case Change.Put put -> List.of(new Mutation.Put(put.key().path(), put.json(), write.timeToLive()));
            case Change.Delete(var key, var force) ->
                key.kind() == ResourceKind.CONSUMER
                        ? List.of(
                                new Mutation.DeletePrefix(key.path() + "/credentials/"),
                                new Mutation.Delete(key.path()),
                                // Many may go at once; who also writes means it.
                                new Mutation.Put(GENERATOR, GENERATED, null))
                        : List.of(new Mutation.Delete(key.path()));
        };
    }

    private Optional<WriteOutcome> trouble(MirrorView view) {
        return reason(view).map(text -> new WriteOutcome.Unavailable(text, false));
    }

    /** Why nothing can be decided on a view: it was never read, or is of another store. */
    private Optional<String> reason(MirrorView view) {
        return view.revision() == 0 ? Optional.of(mirror.stale().orElse("the store was not read yet")) : mirror.alarm();
    }
}
