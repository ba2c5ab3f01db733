package io.suimon.controlplane.store.etcd;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One call, made as often as it takes. An attempt that fails is followed by one to another member; one that gets no answer for longer
 * than the patience is left to go on, and another member is asked beside it: slow is not dead, and the first answer counts.
 *
 * <p>Used once, by one thread; each attempt has a virtual thread of its own.
 */
final class Attempts<Q, A> {

    private static final int MAX_ATTEMPTS = 12;

    private final EtcdCalls calls;
    private final EtcdConnection connection;
    private final MethodDescriptor<Q, A> method;
    private final Q request;
    private final Deadline deadline;
    private final boolean repeatable;
    private final Predicate<A> settles;

    private final LinkedBlockingQueue<Outcome<A>> outcomes = new LinkedBlockingQueue<>(MAX_ATTEMPTS);
    private final List<Attempt> pending = new ArrayList<>();
    private final List<Link> tried = new ArrayList<>();
    private Patience patience;
    private int attempts;
    private int extra;
    private boolean uncertain;
    private @Nullable A inconclusive;

    /**
     * What the call came to.
     *
     * @param alone whether no other attempt may have been carried out
     */
    record Settled<A>(A answer, boolean alone) {}

    private record Attempt(Link link, long startedAt) {}

    /**
     * How long silence lasts before another member is asked as well.
     *
     * @param first since the first attempt
     * @param later since the second one
     * @param growth what it is multiplied with after each further one
     */
    record Patience(Duration first, Duration later, int growth) {

        private Patience next() {
            return new Patience(later, later.multipliedBy(growth), growth);
        }
    }

    /** Either an answer or a failure. */
    private record Outcome<A>(
            Attempt attempt, @Nullable A answer, @Nullable EtcdFailure failure) {}

    /**
     * A call that was not made yet.
     *
     * @param repeatable whether an attempt may follow one that may have been carried out
     * @param settles whether an answer tells all, though another attempt may have been carried out as well
     */
    Attempts(
            EtcdCalls calls,
            MethodDescriptor<Q, A> method,
            Q request,
            Deadline deadline,
            Patience patience,
            boolean repeatable,
            Predicate<A> settles) {
        this.calls = calls;
        this.connection = calls.connection();
        this.method = method;
        this.request = request;
        this.deadline = deadline;
        this.patience = patience;
        this.repeatable = repeatable;
        this.settles = settles;
    }

    /** Makes it; whoever waits in vain in the end is told whether any attempt may have been carried out. */
    Settled<A> answer() throws EtcdFailure {
        var context = Context.current().withCancellation();
        try {
            return answer(context);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EtcdFailure(Status.CANCELLED, !pending.isEmpty() || uncertain, "interrupted");
        } finally {
            context.cancel(null); // attempts nobody waits for any more
            if (extra > 0) {
                calls.extra().release(extra);
                connection.closeSpares();
            }
        }
    }

    private Settled<A> answer(Context context) throws EtcdFailure, InterruptedException {
        start(connection.link(deadline).orElseThrow(this::unreachable), context);
        while (true) {
            var outcome = outcomes.poll(patience.first().toNanos(), TimeUnit.NANOSECONDS);
            if (outcome == null) {
                hedge(context);
                continue;
            }
            pending.remove(outcome.attempt());
            var link = outcome.attempt().link();
            if (outcome.answer() != null) {
                connection.answered(link, silent(outcome.attempt()));
                inconclusive = outcome.answer();
                if (settles.test(outcome.answer())) {
                    return new Settled<>(outcome.answer(), attempts == 1);
                }
            } else if (outcome.failure() != null) {
                afterFailure(link, outcome.failure(), context);
            }
            if (pending.isEmpty() && inconclusive != null) {
                return conclusion(inconclusive);
            }
        }
    }

    /** No answer to any attempt settled the matter: it is settled all the same when all were answered. */
    private Settled<A> conclusion(A last) throws EtcdFailure {
        if (uncertain) {
            throw new EtcdFailure(Status.ABORTED, true, "somebody else wrote while it was unknown what became of this");
        }
        return new Settled<>(last, true);
    }

    /** Links on which this was asked before it was asked on the one that answered, which then was the quicker. */
    private List<Link> silent(Attempt answered) {
        long before = answered.startedAt() - calls.patience().toNanos() / 2;
        return pending.stream()
                .filter(attempt -> attempt.startedAt() - before <= 0)
                .map(Attempt::link)
                .toList();
    }

    private void start(Link link, Context context) {
        var attempt = new Attempt(link, System.nanoTime());
        attempts++;
        pending.add(attempt);
        tried.add(link);
        Thread.ofVirtual().name("etcd-call").start(context.wrap(() -> run(attempt)));
    }

    private void run(Attempt attempt) {
        try {
            outcomes.add(new Outcome<>(attempt, calls.over(attempt.link(), method, request, deadline), null));
        } catch (EtcdFailure e) {
            outcomes.add(new Outcome<>(attempt, null, e));
        }
    }

    /** Asks another member, too. */
    private void hedge(Context context) {
        boolean may = repeatable && connection.hasOthers() && attempts < MAX_ATTEMPTS && !deadline.isExpired();
        if (may && calls.extra().tryAcquire()) {
            extra++;
            patience = patience.next();
            next().ifPresent(link -> start(link, context));
        }
    }

    /** A link to a member that is well and was not asked; when all were, to the one asked longest ago: what a leader was told that fell is lost. */
    private Optional<Link> next() {
        var found = connection.besides(tried);
        while (found.isEmpty() && !tried.isEmpty()) {
            tried.removeFirst();
            found = connection.besides(tried);
        }
        return found;
    }

    private void afterFailure(Link link, EtcdFailure e, Context context) throws EtcdFailure {
        uncertain |= e.mayTakeEffect();
        boolean again = calls.login().loggedOut(link, e);
        if (!again && e.isNoAnswer()) {
            again = repeatable || !e.mayTakeEffect();
            if (e.isUnreachable()) {
                connection.failed(link, String.valueOf(e.getMessage()));
            }
        }
        if (again && attempts < MAX_ATTEMPTS && !deadline.isExpired()) {
            after(e).ifPresent(found -> start(found, context));
        }
        if (pending.isEmpty() && inconclusive == null) {
            throw uncertain ? e.asUncertain() : e;
        }
    }

    /** Where to go on: whoever said something that is no answer would say it again. */
    private Optional<Link> after(EtcdFailure e) {
        if (e.isNoAnswer() && !e.isUnreachable()) {
            return connection.besides(tried);
        }
        return pending.isEmpty() ? connection.link(deadline) : next();
    }

    private EtcdFailure unreachable() {
        return new EtcdFailure(Status.UNAVAILABLE, false, connection.lastFailure());
    }
}
