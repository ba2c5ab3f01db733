package io.suimon.dataplane.upstream;

/** Whose a connection is while nobody uses it: it is told what becomes of it. On the event loop. */
sealed interface OriginKeeper permits EndpointPool, Http2Origin {

    /** An exchange is over, and another one could follow. */
    void giveBack(OriginConnection connection);

    /** An exchange heard nothing from the endpoint for as long as that may take. */
    void unanswered(long nanos);

    /** It is gone. */
    void closed(OriginConnection connection, boolean wasIdle);
}
