package io.suimon.controlplane.store.etcd;

import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.suimon.controlplane.store.StoreConfig;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one member of the cluster, drawn at random. When the member fails, the next call goes to another one; a failed
 * member is left alone for a pause that grows with each failure. Thread-safe.
 */
final class EtcdConnection implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EtcdConnection.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int KEEP_ALIVE_SECONDS = 10; // etcd refuses more often than each 5 s
    private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 20; // slow is not dead
    static final int MAX_MESSAGE_BYTES = 32 << 20;

    /** A channel to a member, with the token that was got through it. */
    static final class Link {
        private final Member member;
        private final ManagedChannel channel;
        private volatile @Nullable String token;

        private Link(Member member, ManagedChannel channel) {
            this.member = member;
            this.channel = channel;
        }

        ManagedChannel channel() {
            return channel;
        }

        EtcdEndpoint endpoint() {
            return member.endpoint;
        }

        @Nullable
        String token() {
            return token;
        }

        void useToken(@Nullable String next) {
            token = next;
        }
    }

    private static final class Member {
        private final EtcdEndpoint endpoint;
        private int failures;
        private long notBefore = System.nanoTime();

        private Member(EtcdEndpoint endpoint) {
            this.endpoint = endpoint;
        }
    }

    private final String purpose;
    private final EtcdSettings settings;
    private final Random random;
    private final ReentrantLock lock = new ReentrantLock();
    // All guarded by the lock.
    private final List<Member> members = new ArrayList<>();
    private @Nullable Link link;
    private boolean closed;
    private String lastFailure = "";

    /** @param purpose what the connection is for, in log lines */
    EtcdConnection(String purpose, EtcdSettings settings, Random random) {
        this.purpose = purpose;
        this.settings = settings;
        this.random = random;
        settings.endpoints().forEach(endpoint -> members.add(new Member(endpoint)));
        Collections.shuffle(members, random);
    }

    /** The link to use now; empty while all members are left alone. */
    Optional<Link> link() {
        lock.lock();
        try {
            if (link == null && !closed) {
                link = next();
            }
            return Optional.ofNullable(link);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Link next() {
        long now = System.nanoTime();
        var candidate = members.stream()
                .filter(member -> member.notBefore - now <= 0)
                .min(Comparator.comparingInt(member -> member.failures));
        if (candidate.isEmpty()) {
            return null;
        }
        var member = candidate.get();
        try {
            return new Link(member, channelTo(member.endpoint));
        } catch (SSLException | IllegalArgumentException e) {
            fail(member, "the TLS files cannot be used: " + e.getMessage());
            return null;
        }
    }

    private ManagedChannel channelTo(EtcdEndpoint endpoint) throws SSLException {
        var builder = NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port())
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .disableRetry();
        if (!endpoint.tls()) {
            return builder.usePlaintext().build();
        }
        settings.tls().serverName().ifPresent(builder::overrideAuthority);
        return builder.sslContext(sslContext(settings.tls())).build();
    }

    private static io.netty.handler.ssl.SslContext sslContext(StoreConfig.Tls tls) throws SSLException {
        var context = GrpcSslContexts.forClient();
        tls.caFile().ifPresent(file -> context.trustManager(file.toFile()));
        Optional<File> key = tls.keyFile().map(Path::toFile);
        tls.certFile().ifPresent(certificate -> context.keyManager(certificate.toFile(), key.orElseThrow()));
        return context.build();
    }

    /** The member behind this link answered. */
    void answered(Link good) {
        if (good.member.failures == 0) {
            return; // a stale read here costs a line in the log, later
        }
        lock.lock();
        try {
            if (good.member.failures > 0) {
                LOG.infof(
                        "etcd %s (%s) answers again after %d failures", good.endpoint(), purpose, good.member.failures);
                good.member.failures = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The member behind this link failed: the next call goes to another one, or to the same one after a pause. */
    void failed(Link bad, String reason) {
        lock.lock();
        try {
            if (link == bad) {
                link = null;
                fail(bad.member, reason);
            }
        } finally {
            lock.unlock();
        }
        bad.channel.shutdown(); // calls under way on it end by their own deadlines
    }

    private void fail(Member member, String reason) {
        if (member.failures == 0) {
            LOG.warnf("etcd %s (%s) failed: %s", member.endpoint, purpose, reason);
        }
        lastFailure = member.endpoint + ": " + reason;
        long longest = Math.max(FIRST_PAUSE_MILLIS, settings.maxPause().toMillis());
        long pause = Math.min(longest, FIRST_PAUSE_MILLIS << Math.min(member.failures, 16));
        member.failures++;
        member.notBefore =
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause / 2 + random.nextLong(pause / 2 + 1));
    }

    /** Whether another member could be asked instead. */
    boolean hasOthers() {
        return members.size() > 1;
    }

    String lastFailure() {
        lock.lock();
        try {
            return closed ? "the store is closed" : lastFailure;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (link != null) {
                link.channel.shutdownNow();
                link = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
