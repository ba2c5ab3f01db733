package io.suimon.dataplane.upstream;

import io.suimon.dataplane.http2.StreamEnd;

/** Why a try at an endpoint gave no response. */
public enum Failure {
    /** Refused, unreachable: nothing was sent. */
    CONNECT(502),
    CONNECT_TIMEOUT(504),
    /** The endpoint went away before it answered. */
    CLOSED(502),
    /** The endpoint took the request on none of its streams (HTTP/2). */
    REFUSED(502),
    SEND_TIMEOUT(504),
    READ_TIMEOUT(504),
    /** What came back is no response, or one that can be read in two ways. */
    BAD_RESPONSE(502),
    /** The name of the endpoint has no address. */
    UNRESOLVED(503),
    /** What the endpoint is to be shown in the TLS handshake cannot be used. */
    IDENTITY(503),
    /** Too many connections and too many waiting for one. */
    OVERLOAD(503);

    private final int status;

    Failure(int status) {
        this.status = status;
    }

    /** What the end of a stream is to an exchange. */
    static Failure of(StreamEnd.Why end) {
        return switch (end) {
            case REFUSED -> REFUSED;
            case BROKEN -> CLOSED;
            case MALFORMED -> BAD_RESPONSE;
        };
    }

    /** What the client is answered. */
    public int status() {
        return status;
    }

    /** Whether nothing of the request can have reached the endpoint. */
    public boolean beforeSending() {
        return this == CONNECT || this == CONNECT_TIMEOUT || this == REFUSED || this == UNRESOLVED || this == IDENTITY;
    }

    /** Whether nobody was there to be sent anything: such a try is no load for an upstream. */
    public boolean reachedNobody() {
        return this == CONNECT || this == CONNECT_TIMEOUT || this == UNRESOLVED;
    }

    /** Whether another endpoint may be asked: errors and timeouts, not answers. */
    public boolean mayBeRetried() {
        return this != OVERLOAD && this != IDENTITY;
    }
}
