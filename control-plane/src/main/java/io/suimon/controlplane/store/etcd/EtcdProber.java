package io.suimon.controlplane.store.etcd;

import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.RangeRequest;
import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.suimon.controlplane.store.etcd.EtcdMembers.Member;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Asks members that failed, or are suspected of it, whether they are back: each over a connection made for it, with pauses that grow.
 * One virtual thread waits, one more per probe asks.
 */
final class EtcdProber {

    private final EtcdMembers members;
    private final EtcdChannels channels;
    private final EtcdSettings settings;

    EtcdProber(EtcdMembers members, EtcdChannels channels, EtcdSettings settings) {
        this.members = members;
        this.channels = channels;
        this.settings = settings;
    }

    /** Begins; ends when the members are closed. */
    void start() {
        Thread.ofVirtual().name("etcd-prober").start(this::run);
    }

    private void run() {
        try {
            for (var due = members.awaitProbes(); !due.isEmpty(); due = members.awaitProbes()) {
                due.forEach(member -> Thread.ofVirtual().name("etcd-probe").start(() -> probe(member)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void probe(Member member) {
        try {
            ask(member);
            members.answered(member);
        } catch (StatusRuntimeException e) {
            switch (e.getStatus().getCode()) {
                case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED ->
                    members.failed(member, EtcdCalls.describe(member.endpoint(), e.getStatus()));
                default -> members.answered(member); // it refuses, for want of a login as a rule; so it lives
            }
        } catch (SSLException e) {
            members.failed(member, EtcdChannels.describe(member.endpoint(), e));
        } finally {
            members.probed(member);
        }
    }

    /** A member that is only suspected has to show that it is as quick as the others; one that failed, that it is there. */
    private CallOptions options(Member member) {
        var atMost = members.isFailed(member)
                ? settings.deadlines().read()
                : settings.patience().multipliedBy(2);
        return CallOptions.DEFAULT.withDeadlineAfter(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Not from what the member has at hand: it must have a leader, too. */
    private void ask(Member member) throws SSLException {
        var opened = channels.open(member.endpoint());
        try {
            var request = RangeRequest.newBuilder()
                    .setKey(settings.keys().start())
                    .setCountOnly(true)
                    .build();
            var unused =
                    ClientCalls.blockingUnaryCall(opened.channel(), KVGrpc.getRangeMethod(), options(member), request);
        } finally {
            opened.channel().shutdownNow();
        }
    }
}
