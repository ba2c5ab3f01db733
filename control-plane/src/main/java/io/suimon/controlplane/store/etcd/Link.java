package io.suimon.controlplane.store.etcd;

import io.grpc.ManagedChannel;
import io.suimon.controlplane.store.etcd.EtcdMembers.Member;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A channel to a member, with the token that was got through it. Thread-safe. */
final class Link {

    private final Member member;
    private final EtcdChannels.Opened opened;
    private final long expiresAt;
    private final ReentrantLock loginLock = new ReentrantLock();
    private volatile @Nullable String token;

    /** @param expiresAt when another member is to be drawn, in {@link System#nanoTime} */
    Link(Member member, EtcdChannels.Opened opened, long expiresAt) {
        this.member = member;
        this.opened = opened;
        this.expiresAt = expiresAt;
    }

    Member member() {
        return member;
    }

    ManagedChannel channel() {
        return opened.channel();
    }

    EtcdChannels.Opened opened() {
        return opened;
    }

    EtcdEndpoint endpoint() {
        return member.endpoint();
    }

    boolean isExpired() {
        return System.nanoTime() - expiresAt >= 0;
    }

    /** Held by who logs in. */
    ReentrantLock loginLock() {
        return loginLock;
    }

    /** What to show the member; empty when it wants nothing, null when it was not asked yet. */
    @Nullable
    String token() {
        return token;
    }

    void useToken(@Nullable String next) {
        token = next;
    }
}
