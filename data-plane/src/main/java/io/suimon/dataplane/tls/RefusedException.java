package io.suimon.dataplane.tls;

/** Why a handshake is not gone on with, for those who count; clients cause it, so it costs no stack trace. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final HandshakeFailure reason;

    RefusedException(HandshakeFailure reason) {
        super(reason.label(), null, false, false);
        this.reason = reason;
    }

    HandshakeFailure reason() {
        return reason;
    }
}
