package io.suimon.controlplane.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.Deadline;
import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.Guard;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Carries transactions out in etcd. Thread-safe. */
final class EtcdWriter {

    private final EtcdCalls calls;
    private final EtcdSettings settings;

    EtcdWriter(EtcdCalls calls, EtcdSettings settings) {
        this.calls = calls;
        this.settings = settings;
    }

    Commit commit(Transaction transaction) {
        var deadline = Deadline.after(settings.deadlines().write().toNanos(), TimeUnit.NANOSECONDS);
        var witness = Witness.of(transaction, settings.keys());
        TxnRequest request;
        try {
            request = request(transaction, witness, deadline);
        } catch (EtcdFailure e) {
            return new Commit.Unavailable(false, String.valueOf(e.getMessage()));
        }
        try {
            return transaction.guards().isEmpty() || witness.isPresent()
                    ? repeated(request, witness, deadline)
                    : commit(calls.once(KVGrpc.getTxnMethod(), request, deadline));
        } catch (EtcdFailure e) {
            return e.isTooLarge()
                    ? new Commit.TooLarge("transaction of " + transaction.bytes() + " bytes: " + e.getMessage())
                    : new Commit.Unavailable(e.mayTakeEffect(), String.valueOf(e.getMessage()));
        }
    }

    /** Made again while it has no answer: carried out once, it breaks its own guard. Without any, it may be carried out twice. */
    private Commit repeated(TxnRequest request, Optional<Witness> witness, Deadline deadline) throws EtcdFailure {
        var settled = calls.guarded(
                KVGrpc.getTxnMethod(),
                request,
                deadline,
                answer -> answer.getSucceeded() || shown(witness, answer).isPresent());
        var answer = settled.answer();
        return settled.alone() || answer.getSucceeded()
                ? commit(answer)
                : shown(witness, answer).orElseGet(() -> commit(answer));
    }

    private static Optional<Commit> shown(Optional<Witness> witness, TxnResponse refusal) {
        return witness.flatMap(key -> key.outcome(refusal));
    }

    private static Commit commit(TxnResponse answer) {
        return answer.getSucceeded() ? new Commit.Done(answer.getHeader().getRevision()) : new Commit.Conflict();
    }

    private TxnRequest request(Transaction transaction, Optional<Witness> witness, Deadline deadline)
            throws EtcdFailure {
        var request = TxnRequest.newBuilder();
        witness.ifPresent(key -> request.addFailure(key.question()));
        transaction.guards().forEach(guard -> request.addCompare(compare(guard)));
        var operations = new ArrayList<RequestOp>();
        for (var mutation : transaction.mutations()) {
            switch (mutation) {
                case Mutation.Put put -> operations.add(put(put, deadline));
                case Mutation.Delete delete ->
                    operations.add(delete(DeleteRangeRequest.newBuilder()
                            .setKey(settings.keys().key(delete.path()))));
                case Mutation.DeletePrefix prefix -> {
                    var start = settings.keys().key(prefix.path());
                    operations.add(
                            delete(DeleteRangeRequest.newBuilder().setKey(start).setRangeEnd(KeySpace.endOf(start))));
                }
            }
        }
        return request.addAllSuccess(nested(operations)).build();
    }

    /** Operations in nested transactions where they are too many for one level; still carried out all or none, at one revision. */
    private static List<RequestOp> nested(List<RequestOp> operations) {
        return operations.size() <= Transaction.MAX_OPERATIONS ? operations : inGroups(operations);
    }

    private static List<RequestOp> inGroups(List<RequestOp> operations) {
        if (operations.size() <= Transaction.NESTED_OPERATIONS) {
            return operations;
        }
        var groups = new ArrayList<RequestOp>();
        for (int from = 0; from < operations.size(); from += Transaction.NESTED_OPERATIONS) {
            int to = Math.min(operations.size(), from + Transaction.NESTED_OPERATIONS);
            var group = TxnRequest.newBuilder().addAllSuccess(operations.subList(from, to));
            groups.add(RequestOp.newBuilder().setRequestTxn(group).build());
        }
        return inGroups(groups);
    }

    private Compare compare(Guard guard) {
        return Compare.newBuilder()
                .setKey(settings.keys().key(guard.path()))
                .setTarget(Compare.CompareTarget.MOD)
                .setResult(Compare.CompareResult.EQUAL)
                .setModRevision(guard.modRevision())
                .build();
    }

    private RequestOp put(Mutation.Put put, Deadline deadline) throws EtcdFailure {
        var request = PutRequest.newBuilder()
                .setKey(settings.keys().key(put.path()))
                .setValue(ByteString.copyFrom(put.value()));
        var lifetime = put.timeToLive();
        if (lifetime != null) {
            request.setLease(lease(lifetime, deadline));
        }
        return RequestOp.newBuilder().setRequestPut(request).build();
    }

    /** A lease of its own for every put: one that no key hangs on (a guard did not hold) runs out by itself. */
    private long lease(Duration lifetime, Deadline deadline) throws EtcdFailure {
        long seconds = Math.max(1, lifetime.plusMillis(999).toSeconds());
        var request = LeaseGrantRequest.newBuilder().setTTL(seconds).build();
        return calls.read(LeaseGrpc.getLeaseGrantMethod(), request, deadline).getID();
    }

    private static RequestOp delete(DeleteRangeRequest.Builder request) {
        return RequestOp.newBuilder().setRequestDeleteRange(request).build();
    }
}
