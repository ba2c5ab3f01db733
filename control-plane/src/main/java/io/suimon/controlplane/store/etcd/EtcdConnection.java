package io.suimon.controlplane.store.etcd;

import io.grpc.Deadline;
import io.suimon.controlplane.store.etcd.EtcdMembers.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one member of the cluster, drawn at random; and for moments others beside it, while a call that got no answer is
 * made to another member as well. Who answers first then is the connection. Thread-safe.
 */
final class EtcdConnection implements AutoCloseable {

    private static final long FOREVER_NANOS = Duration.ofDays(10_000).toNanos();

    private final EtcdMembers members;
    private final EtcdChannels channels;
    private final long ageNanos;
    private final Random random;
    private final ReentrantLock lock = new ReentrantLock();
    // All guarded by the lock.
    private @Nullable Link current;
    private final List<Link> spares = new ArrayList<>();
    private boolean closed;

    /** @param age when another member is drawn; empty means not before this one fails */
    EtcdConnection(EtcdMembers members, EtcdChannels channels, Optional<Duration> age, Random random) {
        this.members = members;
        this.channels = channels;
        this.ageNanos = age.map(Duration::toNanos).orElse(FOREVER_NANOS);
        this.random = random;
    }

    /** The link to use now; waits for a member to recover where that may be soon. Empty when there is none. */
    Optional<Link> link(Deadline deadline) {
        var known = usable();
        if (known.isPresent()) {
            return known;
        }
        var member = members.await(deadline);
        lock.lock();
        try {
            if (current == null && !closed && member.isPresent()) {
                current = open(member.get()).orElse(null);
            }
            return Optional.ofNullable(current);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Link> usable() {
        lock.lock();
        try {
            var link = current;
            if (link != null
                    && (link.isExpired() || members.isFailed(link.member()) || !channels.isCurrent(link.opened()))) {
                retire(link);
            }
            return Optional.ofNullable(current);
        } finally {
            lock.unlock();
        }
    }

    /** A link to a member that none of these leads to; empty when there is none that is well. */
    Optional<Link> besides(Collection<Link> tried) {
        var known = tried.stream().map(Link::member).toList();
        lock.lock();
        try {
            if (closed) {
                return Optional.empty();
            }
            if (current != null && isNew(current, known)) {
                return Optional.of(current);
            }
            for (var spare : spares) {
                if (isNew(spare, known)) {
                    return Optional.of(spare);
                }
            }
            var drawn = members.drawWell(known).flatMap(this::open);
            drawn.ifPresent(spares::add);
            return drawn;
        } finally {
            lock.unlock();
        }
    }

    private boolean isNew(Link link, Collection<Member> known) {
        return !known.contains(link.member()) && members.isWell(link.member());
    }

    private Optional<Link> open(Member member) {
        try {
            long age = ageNanos / 2 + random.nextLong(ageNanos / 2 + 1);
            return Optional.of(new Link(member, channels.open(member.endpoint()), System.nanoTime() + age));
        } catch (SSLException e) {
            members.failed(member, EtcdChannels.describe(member.endpoint(), e));
            return Optional.empty();
        }
    }

    /**
     * A member answered, and this is the connection from now on.
     *
     * @param silent links on which the same was asked earlier, for longer than it should take, and not answered
     */
    void answered(Link good, Collection<Link> silent) {
        members.answered(good.member());
        lock.lock();
        try {
            silent.forEach(link -> members.suspect(link.member()));
            if (current != null && silent.contains(current)) {
                retire(current);
            }
            if (current == null && spares.remove(good)) {
                current = good;
            }
            closeSpares();
        } finally {
            lock.unlock();
        }
    }

    /** The member behind this link cannot be used: the next call goes to another one. */
    void failed(Link bad, String reason) {
        lock.lock();
        try {
            if (bad == current || spares.contains(bad)) {
                members.failed(bad.member(), reason);
            }
            retire(bad);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody needs links beside the connection any more: nothing came of them. */
    void closeSpares() {
        lock.lock();
        try {
            List.copyOf(spares).forEach(this::retire);
        } finally {
            lock.unlock();
        }
    }

    /** Calls under way on it end by their own deadlines. */
    private void retire(@Nullable Link link) {
        if (link != null) {
            spares.remove(link);
            current = current == link ? null : current;
            link.channel().shutdown();
        }
    }

    /** Whether this link is the connection. */
    boolean isCurrent(Link link) {
        lock.lock();
        try {
            return link == current;
        } finally {
            lock.unlock();
        }
    }

    /** Whether another member could be asked instead. */
    boolean hasOthers() {
        return members.size() > 1;
    }

    String lastFailure() {
        return members.lastFailure();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (current != null) {
                spares.add(current);
            }
            spares.forEach(link -> link.channel().shutdownNow());
            spares.clear();
            current = null;
        } finally {
            lock.unlock();
        }
    }
}
