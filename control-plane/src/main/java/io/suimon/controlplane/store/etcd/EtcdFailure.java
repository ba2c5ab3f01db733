package io.suimon.controlplane.store.etcd;

import io.grpc.Status;
import java.io.IOException;

/** A call to etcd that brought no answer, or a refusal. The message is for people, on one line. */
final class EtcdFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final Status.Code code;
    private final boolean unreachable;
    private final boolean mayTakeEffect;

    private EtcdFailure(Status.Code code, boolean unreachable, boolean mayTakeEffect, String message) {
        super(message);
        this.code = code;
        this.unreachable = unreachable;
        this.mayTakeEffect = mayTakeEffect;
    }

    /** @param sent whether the call left this process */
    EtcdFailure(Status status, boolean sent, String message) {
        this(status.getCode(), isUnreachable(status), sent && isUncertain(status), message);
    }

    Status.Code code() {
        return code;
    }

    /** Whether the way to the member is broken, or the member can do nothing now. */
    boolean isUnreachable() {
        return unreachable;
    }

    /** Whether the member said nothing about the call itself: another member may. */
    boolean isNoAnswer() {
        return unreachable
                || switch (code) {
                    case CANCELLED, UNKNOWN, INTERNAL, ABORTED, DATA_LOSS, UNAVAILABLE -> true;
                    case OK, INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, DEADLINE_EXCEEDED -> false;
                    case RESOURCE_EXHAUSTED, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED, UNAUTHENTICATED -> false;
                };
    }

    /** Whether a write may have been carried out all the same: it left this process, and no answer says that it was not. */
    boolean mayTakeEffect() {
        return mayTakeEffect;
    }

    /** The same of a call that was attempted before, nobody knows with what effect. */
    EtcdFailure asUncertain() {
        return new EtcdFailure(code, unreachable, true, String.valueOf(getMessage()));
    }

    /** A connection that breaks while a call is put on it ends the call as UNKNOWN, with what went wrong as its cause. */
    private static boolean isUnreachable(Status status) {
        return status.getCode() == Status.Code.UNAVAILABLE || status.getCause() instanceof IOException;
    }

    private static boolean isUncertain(Status status) {
        return switch (status.getCode()) {
            case DEADLINE_EXCEEDED, CANCELLED, UNKNOWN, INTERNAL, ABORTED, DATA_LOSS -> true;
            case UNAVAILABLE -> !isWithoutLeader(status);
            case OK, INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED -> false;
            case RESOURCE_EXHAUSTED, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED, UNAUTHENTICATED -> false;
        };
    }

    /** Whether a write is more than a member takes at once: its {@code --max-request-bytes} may be less than the default. */
    boolean isTooLarge() {
        var message = String.valueOf(getMessage());
        return message.endsWith("etcdserver: request is too large") || message.contains("larger than max");
    }

    /** A member that knows no leader refuses before it proposes anything. */
    private static boolean isWithoutLeader(Status status) {
        return "etcdserver: no leader".equals(status.getDescription());
    }
}
