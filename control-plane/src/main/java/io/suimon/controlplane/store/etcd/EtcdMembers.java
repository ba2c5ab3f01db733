package io.suimon.controlplane.store.etcd;

import io.grpc.Deadline;
import io.suimon.controlplane.store.EndpointHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * What is known of the health of each member, for all connections of a store. A member that fails is left out until a probe of {@link
 * EtcdProber} is answered; one that is only suspected of it, for being silent while another answered, is probed first. Thread-safe.
 */
final class EtcdMembers {

    private static final Logger LOG = Logger.getLogger(EtcdMembers.class);

    private enum State {
        WELL,
        SUSPECTED,
        FAILED
    }

    /** A member; what changes of it is guarded by the lock of all. */
    static final class Member {
        private final EtcdEndpoint endpoint;
        private final LongAdder answers = new LongAdder();
        private State state = State.WELL;
        private String reason = "";
        private long allFailures;
        private long leaves;
        private int failures;
        private long probeAt;
        private boolean probing;

        private Member(EtcdEndpoint endpoint) {
            this.endpoint = endpoint;
        }

        EtcdEndpoint endpoint() {
            return endpoint;
        }

        private EndpointHealth health() {
            boolean up = state != State.FAILED;
            return new EndpointHealth(
                    endpoint.toString(),
                    up,
                    answers.sum(),
                    allFailures,
                    leaves,
                    up ? Optional.empty() : Optional.of(reason));
        }
    }

    private final List<Member> members;
    private final Duration maxPause;
    private final Duration grace;
    private final Random random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // All guarded by the lock.
    private long noneWellSince;
    private String lastFailure = "";
    private boolean closed;

    /**
     * All members, taken for well.
     *
     * @param maxPause the longest pause between two probes of a member
     * @param grace how long anyone waits for a member to recover when none is well
     */
    EtcdMembers(List<EtcdEndpoint> endpoints, Duration maxPause, Duration grace, Random random) {
        this.members = endpoints.stream().map(Member::new).toList();
        this.maxPause = maxPause;
        this.grace = grace;
        this.random = random;
    }

    int size() {
        return members.size();
    }

    /** A member to talk to, drawn among those that are well; empty when no other one is. */
    Optional<Member> drawWell(Collection<Member> except) {
        lock.lock();
        try {
            return drawn(State.WELL, except);
        } finally {
            lock.unlock();
        }
    }

    /** Drawn among those that are well, or else among those that are suspected. */
    private Optional<Member> draw() {
        return drawn(State.WELL, List.of()).or(() -> drawn(State.SUSPECTED, List.of()));
    }

    private Optional<Member> drawn(State state, Collection<Member> except) {
        var candidates = members.stream()
                .filter(member -> member.state == state && !except.contains(member))
                .toList();
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(random.nextInt(candidates.size())));
    }

    /**
     * The same, waiting for a member to recover: a cluster that elects a leader is back at once. When none has been well for longer
     * than the grace, nobody waits.
     */
    Optional<Member> await(Deadline deadline) {
        lock.lock();
        try {
            var member = draw();
            while (member.isEmpty() && !closed) {
                long left = Math.min(
                        deadline.timeRemaining(TimeUnit.NANOSECONDS),
                        grace.toNanos() - (System.nanoTime() - noneWellSince));
                if (left <= 0) {
                    break;
                }
                changed.awaitNanos(left);
                member = draw();
            }
            return member;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    boolean isWell(Member member) {
        lock.lock();
        try {
            return member.state == State.WELL;
        } finally {
            lock.unlock();
        }
    }

    boolean isFailed(Member member) {
        lock.lock();
        try {
            return member.state == State.FAILED;
        } finally {
            lock.unlock();
        }
    }

    /** How each is, in the order of the settings. */
    List<EndpointHealth> health() {
        lock.lock();
        try {
            return members.stream().map(Member::health).toList();
        } finally {
            lock.unlock();
        }
    }

    /** A member answered. */
    void answered(Member member) {
        member.answers.increment();
        if (member.state == State.WELL) {
            return; // a stale read here costs a probe, no more
        }
        lock.lock();
        try {
            if (member.state == State.FAILED) {
                LOG.infof("etcd %s answers again after %d failures", member.endpoint, member.failures);
            }
            member.state = State.WELL;
            member.failures = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A member did not answer where another one did. */
    void suspect(Member member) {
        lock.lock();
        try {
            if (member.state == State.WELL) {
                member.state = State.SUSPECTED;
                member.probeAt = System.nanoTime();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A member cannot be used. */
    void failed(Member member, String reason) {
        lock.lock();
        try {
            if (member.state != State.FAILED && !closed) {
                LOG.warn(reason + "; this member is left out until it answers");
                member.state = State.FAILED;
                member.leaves++;
                if (members.stream().allMatch(each -> each.state == State.FAILED)) {
                    noneWellSince = System.nanoTime();
                }
            }
            lastFailure = reason;
            member.reason = reason; // the newest: a cut connection may be followed by refused ones
            member.probeAt = System.nanoTime() + ProbePause.nanos(member.failures, maxPause, random);
            member.failures++;
            member.allFailures++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for members that are to be probed now; empty when there will be none any more. */
    List<Member> awaitProbes() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long now = System.nanoTime();
                long next = Long.MAX_VALUE;
                var due = new ArrayList<Member>();
                for (var member : members) {
                    if (member.state != State.WELL && !member.probing) {
                        next = Math.min(next, member.probeAt - now);
                        if (member.probeAt - now <= 0) {
                            member.probing = true;
                            due.add(member);
                        }
                    }
                }
                if (!due.isEmpty()) {
                    return due;
                }
                changed.awaitNanos(next);
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    /** The probe of a member is over, and what it found was told. */
    void probed(Member member) {
        lock.lock();
        try {
            member.probing = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    String lastFailure() {
        lock.lock();
        try {
            return closed ? "the store is closed" : lastFailure;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
