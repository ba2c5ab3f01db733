package io.suimon.engine.health;

/** What one probe, or one try of an exchange, says of an endpoint. */
public enum HealthEvent {
    /** It answered, with a status that is good. */
    SUCCESS,
    /** It answered, with a status that is bad, or with something else than HTTP. */
    HTTP_FAILURE,
    /** It could not be connected to, or the connection broke. */
    TCP_FAILURE,
    /** It took too long. */
    TIMEOUT
}
