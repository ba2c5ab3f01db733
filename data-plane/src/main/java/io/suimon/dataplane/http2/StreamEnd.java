package io.suimon.dataplane.http2;

/**
 * A stream to an origin ended before its response was complete.
 *
 * @param why as far as it can be told
 * @param code of the reset that the origin sent; {@link #NO_CODE} where it sent none
 */
public record StreamEnd(Why why, long code) {

    /** The origin gave no code. */
    public static final long NO_CODE = -1;

    /** What ended it. */
    public enum Why {
        /** The origin did not look at it: it is as if it had not been sent. */
        REFUSED,
        /** The origin, or the connection, broke it off. */
        BROKEN,
        /** What came is no response, and the stream was reset. */
        MALFORMED
    }
}
