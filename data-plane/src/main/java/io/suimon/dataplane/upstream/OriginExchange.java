package io.suimon.dataplane.upstream;

import io.netty.buffer.ByteBuf;
import io.suimon.dataplane.http1.FieldLines;
import io.suimon.engine.http.Headers;
import io.suimon.engine.http.ResponseHead;

/**
 * The exchange that a connection to an origin carries, as that connection sees it. Called on the event loop, in this order: {@link
 * #connected}, any number of {@link #informational}, {@link #responseStarted}, {@link #responsePart}s, {@link #responseEnded}; or
 * {@link #failed} at any point, once, as the last.
 */
public interface OriginExchange {

    /** Changes when the exchange no longer wants what it asked for. */
    int ticket();

    /** A connection is being made for it. */
    void connecting(OriginConnection connection);

    /** The request may be sent. */
    void connected(OriginConnection connection);

    /** No response, or no end of one; the connection is gone. */
    void failed(Failure failure);

    /** Where the next head goes. */
    ResponseHead responseHead();

    /** Whether the response has no body whatever its head says. */
    boolean isHead();

    /** Whether the client waits for this switch of protocols. */
    boolean upgrading();

    /** Whether the whole request was sent: only then can the connection be used again. */
    boolean requestSent();

    /** A head with a status of 1xx arrived; another one follows. */
    void informational(FieldLines fields);

    /**
     * The head of the response arrived.
     *
     * @param length of the body; -1 when only its end will tell
     * @param ready how many bytes behind the head arrived with it
     */
    void responseStarted(FieldLines fields, long length, int ready);

    /** The next {@code length} bytes of {@code in} are of the body, and must be taken. */
    void responsePart(ByteBuf in, int length);

    /** The response is complete. The connection is still this exchange's while this runs. */
    void responseEnded(Headers trailers);

    /** The response was complete, and the connection is free or closed: the exchange may end. */
    void over();

    /** Nothing more arrived for now. */
    void readCompleted();

    /** The connection takes more of the request, or does not for now. */
    void writabilityChanged(boolean writable);

    /**
     * Protocols were switched: the connection is to be {@link OriginConnection#handOver handed over}. What arrived behind the switch
     * follows by one {@link #responsePart}.
     */
    void upgraded(FieldLines fields);
}
