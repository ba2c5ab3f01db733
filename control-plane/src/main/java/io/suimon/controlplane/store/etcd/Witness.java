package io.suimon.controlplane.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnResponse;
import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.Guard;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.Transaction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that a transaction guards and changes. A transaction with one cannot be carried out twice, and the key tells afterwards
 * whether it was.
 *
 * @param guarded the revision it has to have
 * @param value what the transaction leaves there; null means that it removes the key
 */
record Witness(ByteString key, long guarded, @Nullable ByteString value) {

    /** The first such key of a transaction. */
    static Optional<Witness> of(Transaction transaction, KeySpace keys) {
        for (var mutation : transaction.mutations()) {
            for (var guard : transaction.guards()) {
                if (mutation.path().equals(guard.path()) && breaks(mutation, guard)) {
                    var value = mutation instanceof Mutation.Put put ? ByteString.copyFrom(put.value()) : null;
                    return Optional.of(new Witness(keys.key(guard.path()), guard.modRevision(), value));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean breaks(Mutation mutation, Guard guard) {
        return switch (mutation) {
            case Mutation.Put put -> true;
            case Mutation.Delete delete -> guard.modRevision() > 0;
            case Mutation.DeletePrefix prefix -> false;
        };
    }

    /** What is asked where a guard does not hold. */
    RequestOp question() {
        return RequestOp.newBuilder()
                .setRequestRange(RangeRequest.newBuilder().setKey(key))
                .build();
    }

    /**
     * What became of the transaction, as the refusal of another attempt shows; empty where it does not show that. A key that somebody
     * else left in the very state that was wanted counts as carried out: nobody can tell the difference.
     */
    Optional<Commit> outcome(TxnResponse refusal) {
        var found = refusal.getResponses(0).getResponseRange().getKvsList();
        long revision = found.isEmpty() ? 0 : found.getFirst().getModRevision();
        if (revision == guarded) {
            return Optional.of(new Commit.Conflict()); // untouched: it was another guard that did not hold
        }
        if (found.isEmpty()) {
            return value == null
                    ? Optional.of(new Commit.Done(refusal.getHeader().getRevision()))
                    : Optional.empty();
        }
        return found.getFirst().getValue().equals(value) ? Optional.of(new Commit.Done(revision)) : Optional.empty();
    }
}
