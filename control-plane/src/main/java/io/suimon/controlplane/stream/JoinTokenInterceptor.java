package io.suimon.controlplane.stream;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.suimon.proto.SyncProtocol;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Lets a node in only when it shows the join token. Thread-safe. */
final class JoinTokenInterceptor implements ServerInterceptor {

    private final byte[] expected;
    private final StreamCounters counters;

    JoinTokenInterceptor(String token, StreamCounters counters) {
        this.expected = token.getBytes(StandardCharsets.UTF_8);
        this.counters = counters;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        var shown = headers.get(SyncProtocol.JOIN_TOKEN);
        // In constant time: how long the refusal takes tells nothing of how much of the token is right.
        if (shown != null && MessageDigest.isEqual(expected, shown.getBytes(StandardCharsets.UTF_8))) {
            return next.startCall(call, headers);
        }
        counters.refusals.increment();
        call.close(
                Status.UNAUTHENTICATED.withDescription(shown == null ? "join token missing" : "join token wrong"),
                new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
