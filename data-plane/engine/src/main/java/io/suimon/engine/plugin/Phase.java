package io.suimon.engine.plugin;

/** When a filter runs; in order. */
public enum Phase {
    /** Before it is known who is calling. */
    REWRITE,
    /** When it is. */
    ACCESS,
    /** When the endpoint is picked; again before each retry. */
    BEFORE_PROXY,
    /** When there is the head of a response, whoever made it. */
    RESPONSE,
    /** When all is over. */
    LOG
}
