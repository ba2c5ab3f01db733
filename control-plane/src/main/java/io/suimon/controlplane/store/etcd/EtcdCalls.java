package io.suimon.controlplane.store.etcd;

import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.suimon.controlplane.store.etcd.EtcdConnection.Link;

/**
 * Calls over one connection: each with a deadline, logged in where that is asked for, and made again only where it cannot be carried
 * out twice. Thread-safe; blocks.
 */
final class EtcdCalls {

    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);
    private static final int MAX_ATTEMPTS = 4;

    private final EtcdConnection connection;
    private final EtcdSettings settings;

    EtcdCalls(EtcdConnection connection, EtcdSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /** A call that may be carried out any number of times. */
    <Q, A> A read(MethodDescriptor<Q, A> method, Q request, Deadline deadline) throws EtcdFailure {
        return call(method, request, deadline, true);
    }

    /** A call that is made again only when it is certain that it was not carried out. */
    <Q, A> A write(MethodDescriptor<Q, A> method, Q request, Deadline deadline) throws EtcdFailure {
        return call(method, request, deadline, false);
    }

    private <Q, A> A call(MethodDescriptor<Q, A> method, Q request, Deadline deadline, boolean safe)
            throws EtcdFailure {
        for (int attempt = 1; ; attempt++) {
            var link = link();
            try {
                return over(link, method, request, deadline);
            } catch (EtcdFailure e) {
                boolean again = loggedOut(link, e) || (isElsewhereBetter(link, e) && (safe || !e.mayTakeEffect()));
                if (!again || attempt == MAX_ATTEMPTS || deadline.isExpired()) {
                    throw e;
                }
            }
        }
    }

    /** The link to use now, logged in. */
    Link link() throws EtcdFailure {
        return connection
                .link()
                .orElseThrow(() -> new EtcdFailure(Status.UNAVAILABLE, false, connection.lastFailure()));
    }

    /** A call over this link and no other, once. */
    <Q, A> A over(Link link, MethodDescriptor<Q, A> method, Q request, Deadline deadline) throws EtcdFailure {
        var channel = authenticated(link, deadline);
        var answer = unary(link, channel, method, request, deadline);
        connection.answered(link);
        return answer;
    }

    /** The link's channel, with a token where one is needed. */
    Channel authenticated(Link link, Deadline deadline) throws EtcdFailure {
        var credentials = settings.credentials();
        if (credentials.isEmpty()) {
            return link.channel();
        }
        var token = link.token();
        if (token == null) {
            var request = AuthenticateRequest.newBuilder()
                    .setName(credentials.get().user())
                    .setPassword(credentials.get().password())
                    .build();
            try {
                token = unary(link, link.channel(), AuthGrpc.getAuthenticateMethod(), request, deadline)
                        .getToken();
            } catch (EtcdFailure e) {
                // Whatever became of the login, the call itself was not sent.
                throw new EtcdFailure(Status.fromCode(e.code()), false, String.valueOf(e.getMessage()));
            }
            link.useToken(token);
        }
        var headers = new Metadata();
        headers.put(TOKEN, token);
        return ClientInterceptors.intercept(link.channel(), MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static <Q, A> A unary(
            Link link, Channel channel, MethodDescriptor<Q, A> method, Q request, Deadline deadline)
            throws EtcdFailure {
        var tracer = new SentTracer();
        var options = CallOptions.DEFAULT.withDeadline(deadline).withStreamTracerFactory(tracer);
        try {
            return ClientCalls.blockingUnaryCall(channel, method, options, request);
        } catch (StatusRuntimeException e) {
            throw new EtcdFailure(e.getStatus(), tracer.sent(), describe(link, e.getStatus()));
        }
    }

    /** What a status says, on one line. */
    static String describe(Link link, Status status) {
        var cause = status.getCause();
        var text = status.getCode() == Status.Code.DEADLINE_EXCEEDED
                ? "no answer within the deadline"
                : String.valueOf(status.getDescription());
        var why = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return ("etcd " + link.endpoint() + ": " + text + why)
                .lines()
                .findFirst()
                .orElse("");
    }

    /** Forgets the token when it was the reason; returns whether a new one may help. */
    boolean loggedOut(Link link, EtcdFailure failure) {
        if (settings.credentials().isEmpty() || link.token() == null) {
            return false;
        }
        var message = String.valueOf(failure.getMessage());
        boolean loggedOut = failure.code() == Status.Code.UNAUTHENTICATED
                || message.contains("invalid auth token")
                || message.contains("revision of auth store is old");
        if (loggedOut) {
            link.useToken(null);
        }
        return loggedOut;
    }

    /** Gives the link up when its member is at fault; returns whether it did. */
    private boolean isElsewhereBetter(Link link, EtcdFailure failure) {
        boolean silent = failure.code() == Status.Code.DEADLINE_EXCEEDED && connection.hasOthers();
        if (failure.code() == Status.Code.UNAVAILABLE || silent) {
            connection.failed(link, String.valueOf(failure.getMessage()));
            return true;
        }
        return false;
    }
}
