package io.suimon.dataplane.http1;

/**
 * How much a peer may send before its message is refused.
 *
 * @param headBytes of a whole head; more is 431
 * @param lineBytes of the first line; more is 414
 * @param fields of a head or a trailer section; more is 431
 * @param trailerBytes of a trailer section
 */
public record Http1Limits(int headBytes, int lineBytes, int fields, int trailerBytes) {

    /** What applies when nobody says anything. */
    public static final Http1Limits DEFAULT = new Http1Limits(32 * 1024, 8 * 1024, 100, 8 * 1024);

    public Http1Limits {
        if (lineBytes < 64 || headBytes < lineBytes || fields < 1 || trailerBytes < 64) {
            throw new IllegalArgumentException("head " + headBytes + ", line " + lineBytes + ", fields " + fields
                    + ", trailer " + trailerBytes + " (expected: head >= line >= 64, fields >= 1, trailer >= 64)");
        }
    }
}
