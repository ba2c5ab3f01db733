package io.suimon.controlplane.store.etcd;

import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.suimon.controlplane.store.etcd.EtcdSettings.Credentials;
import java.util.Optional;

/** Logs in where a user is set and etcd wants one: a token per link, got anew when etcd no longer takes it. Thread-safe. */
final class EtcdLogin {

    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);
    private static final String NONE_NEEDED = "";

    private final Optional<Credentials> credentials;

    EtcdLogin(Optional<Credentials> credentials) {
        this.credentials = credentials;
    }

    /** The link's channel, with a token where one is needed. */
    Channel authenticated(Link link, Deadline deadline) throws EtcdFailure {
        if (credentials.isEmpty()) {
            return link.channel();
        }
        var token = token(link, credentials.get(), deadline);
        if (token.equals(NONE_NEEDED)) {
            return link.channel();
        }
        var headers = new Metadata();
        headers.put(TOKEN, token);
        return ClientInterceptors.intercept(link.channel(), MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** One login at a time: it costs etcd a slow hash. */
    private static String token(Link link, Credentials credentials, Deadline deadline) throws EtcdFailure {
        var known = link.token();
        if (known != null) {
            return known;
        }
        link.loginLock().lock();
        try {
            var meanwhile = link.token();
            var token = meanwhile == null ? login(link, credentials, deadline) : meanwhile;
            link.useToken(token);
            return token;
        } finally {
            link.loginLock().unlock();
        }
    }

    private static String login(Link link, Credentials credentials, Deadline deadline) throws EtcdFailure {
        var request = AuthenticateRequest.newBuilder()
                .setName(credentials.user())
                .setPassword(credentials.password())
                .build();
        try {
            var options = CallOptions.DEFAULT.withDeadline(deadline);
            return ClientCalls.blockingUnaryCall(link.channel(), AuthGrpc.getAuthenticateMethod(), options, request)
                    .getToken();
        } catch (StatusRuntimeException e) {
            var status = e.getStatus();
            if (String.valueOf(status.getDescription()).contains("authentication is not enabled")) {
                return NONE_NEEDED;
            }
            // Whatever became of the login, the call itself was not sent.
            throw new EtcdFailure(status, false, EtcdCalls.describe(link.endpoint(), status));
        }
    }

    /** Forgets the token when it, or the want of one, was the reason; returns whether a new one may help. */
    boolean loggedOut(Link link, EtcdFailure failure) {
        var message = String.valueOf(failure.getMessage());
        boolean loggedOut = credentials.isPresent()
                && (failure.code() == Status.Code.UNAUTHENTICATED
                        || message.contains("invalid auth token")
                        || message.contains("revision of auth store is old")
                        || message.contains("user name is empty"));
        if (loggedOut) {
            link.useToken(null);
        }
        return loggedOut;
    }
}
