package io.suimon.controlplane.store.etcd;

import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Calls over one connection: each with a deadline, logged in where that is asked for, and made to another member when the first one
 * fails, or says nothing for longer than is usual. Thread-safe; blocks.
 */
final class EtcdCalls {

    /** How many calls may be under way beside the first of their kind; when etcd is slow as a whole, it is not asked more often. */
    private static final int MAX_EXTRA = 128;

    /** Who waits for a read waits twice as long each time: there is no hurry, and a slow etcd is not to be asked more and more. */
    private static final int GROWTH = 2;

    private static final int PATIENCE_FOR_MUCH = 4;

    private final EtcdConnection connection;
    private final EtcdLogin login;
    private final Duration patience;
    private final Semaphore extra = new Semaphore(MAX_EXTRA);

    EtcdCalls(EtcdConnection connection, EtcdSettings settings) {
        this.connection = connection;
        this.login = new EtcdLogin(settings.credentials());
        this.patience = settings.patience();
    }

    /** A call that may be carried out any number of times. */
    <Q, A> A read(MethodDescriptor<Q, A> method, Q request, Deadline deadline) throws EtcdFailure {
        return new Attempts<>(this, method, request, deadline, patient(patience), true, answer -> true)
                .answer()
                .answer();
    }

    /** The same of one whose answer may be large, and take its time. */
    <Q, A> A readMuch(MethodDescriptor<Q, A> method, Q request, Deadline deadline) throws EtcdFailure {
        var much = patience.multipliedBy(PATIENCE_FOR_MUCH);
        return new Attempts<>(this, method, request, deadline, patient(much), true, answer -> true)
                .answer()
                .answer();
    }

    /** A call that is made again only when it is certain that it was not carried out. */
    <Q, A> A once(MethodDescriptor<Q, A> method, Q request, Deadline deadline) throws EtcdFailure {
        return new Attempts<>(this, method, request, deadline, patient(patience), false, answer -> true)
                .answer()
                .answer();
    }

    /**
     * A call that is carried out at most once however often it is made. It is made often: a leader that was just elected is to be asked
     * within the deadline of what the one before it took along.
     *
     * @param settles whether an answer tells all, though another attempt may have been carried out as well
     */
    <Q, A> Attempts.Settled<A> guarded(
            MethodDescriptor<Q, A> method, Q request, Deadline deadline, Predicate<A> settles) throws EtcdFailure {
        var pressing = new Attempts.Patience(patience, patience.dividedBy(2), 1);
        return new Attempts<>(this, method, request, deadline, pressing, true, settles).answer();
    }

    private static Attempts.Patience patient(Duration patience) {
        return new Attempts.Patience(patience, patience.multipliedBy(GROWTH), GROWTH);
    }

    EtcdConnection connection() {
        return connection;
    }

    EtcdLogin login() {
        return login;
    }

    Duration patience() {
        return patience;
    }

    Semaphore extra() {
        return extra;
    }

    /** A call over this link and no other, once. */
    <Q, A> A over(Link link, MethodDescriptor<Q, A> method, Q request, Deadline deadline) throws EtcdFailure {
        var channel = login.authenticated(link, deadline);
        var tracer = new SentTracer();
        var options = CallOptions.DEFAULT.withDeadline(deadline).withStreamTracerFactory(tracer);
        try {
            return ClientCalls.blockingUnaryCall(channel, method, options, request);
        } catch (StatusRuntimeException e) {
            throw new EtcdFailure(e.getStatus(), tracer.sent(), describe(link.endpoint(), e.getStatus()));
        }
    }

    /** What a status says, and what was at the bottom of it, on one line. */
    static String describe(EtcdEndpoint endpoint, Status status) {
        var text = status.getCode() == Status.Code.DEADLINE_EXCEEDED
                ? "no answer within the deadline"
                : String.valueOf(status.getDescription()).replaceFirst(" for \\[.*", "");
        var root = status.getCause();
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        var why = root == null || root.getMessage() == null ? "" : ": " + root.getMessage();
        return ("etcd " + endpoint + ": " + text + why).lines().findFirst().orElse("");
    }
}
