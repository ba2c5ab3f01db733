package io.suimon.dataplane.http1;

import io.suimon.engine.http.ResponseHead;

import static io.suimon.dataplane.http1.ByteClass.isDigit;

/** Reads the head of a response into offsets. */
public final class ResponseParser {

    private static final int STATUS_START = 9;
    private static final int STATUS_END = 12;

    private final FieldLines fields;
    private int minorVersion;

    public ResponseParser(Http1Limits limits) {
        this.fields = new FieldLines(limits.fields());
    }

    /** What was found in the field lines of the last head. */
    public FieldLines fields() {
        return fields;
    }

    /** 0 for HTTP/1.0, 1 for HTTP/1.1. */
    public int minorVersion() {
        return minorVersion;
    }

    /**
     * Reads a complete head, from the start of the array to {@code length}, which ends it with an empty line. The fields go to the
     * head's headers in front of what is added to them already.
     *
     * @param bytes is kept by the head
     * @return whether it is one
     */
    public boolean parse(byte[] bytes, int length, ResponseHead head) {
        if (length < STATUS_END + 4 || !statusLine(bytes)) {
            return false;
        }
        int status = 100 * (bytes[9] - '0') + 10 * (bytes[10] - '0') + bytes[11] - '0';
        minorVersion = bytes[7] == '0' ? 0 : 1;
        int at = STATUS_END;
        while (ByteClass.isValue(bytes[at])) {
            at++;
        }
        if ((at > STATUS_END && bytes[STATUS_END] != ' ') || bytes[at] != '\r' || bytes[at + 1] != '\n') {
            return false;
        }
        head.status(status);
        head.reason(Reasons.intern(status, bytes, Math.min(STATUS_END + 1, at), at));
        head.headers().receive(bytes);
        return fields.parse(bytes, at + 2, length, head.headers()) == 0 && !(minorVersion == 0 && fields.chunked());
    }

    private static boolean statusLine(byte[] b) {
        return b[0] == 'H'
                && b[1] == 'T'
                && b[2] == 'T'
                && b[3] == 'P'
                && b[4] == '/'
                && b[5] == '1'
                && b[6] == '.'
                && isDigit(b[7])
                && b[8] == ' '
                && b[STATUS_START] >= '1'
                && b[STATUS_START] <= '9'
                && isDigit(b[10])
                && isDigit(b[11]);
    }
}
