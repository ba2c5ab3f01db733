package io.suimon.dataplane.http1;

import io.suimon.engine.http.RequestHead;
import io.suimon.engine.text.WireText;

import static io.suimon.dataplane.http1.ByteClass.isDigit;

/** Reads the head of a request into offsets. */
public final class RequestParser {

    private static final int OK = 0;
    private static final int BAD = 400;
    private static final int NOT_ALLOWED = 405;
    private static final int VERSION_NOT_SUPPORTED = 505;
    private static final int VERSION_LENGTH = 8;
    private static final int MAX_METHOD = 32;

    private final FieldLines fields;
    private int authorityStart;
    private int authorityEnd;
    private boolean absolute;

    public RequestParser(Http1Limits limits) {
        this.fields = new FieldLines(limits.fields());
    }

    /** What was found in the field lines of the last head. */
    public FieldLines fields() {
        return fields;
    }

    /**
     * Reads a complete head, from the start of the array to {@code length}, which ends it with an empty line.
     *
     * @param bytes is kept by the head
     * @return 0, or the status of the refusal
     */
    public int parse(byte[] bytes, int length, RequestHead head) {
        int from = bytes[0] == '\r' && bytes[1] == '\n' ? 2 : 0;
        int methodEnd = endOfMethod(bytes, from);
        if (methodEnd == from || methodEnd - from > MAX_METHOD || bytes[methodEnd] != ' ') {
            return BAD;
        }
        int targetStart = methodEnd + 1;
        int targetEnd = targetStart;
        while (ByteClass.isTarget(bytes[targetEnd])) {
            targetEnd++;
        }
        if (targetEnd == targetStart || bytes[targetEnd] != ' ') {
            return BAD;
        }
        int version = targetEnd + 1;
        int minor = minorVersion(bytes, version, length);
        if (minor < 0) {
            return -minor;
        }
        int lineEnd = version + VERSION_LENGTH + 2;
        String method = Methods.of(bytes, from, methodEnd);
        if (Methods.refused(method)) {
            return NOT_ALLOWED;
        }
        head.reset(bytes, method, minor);
        int refusal = fields.parse(bytes, lineEnd, length, head.headers());
        return refusal != OK ? refusal : rest(bytes, targetStart, targetEnd, head);
    }

    private int rest(byte[] bytes, int targetStart, int targetEnd, RequestHead head) {
        if (head.minorVersion() == 0 && fields.chunked()) {
            return BAD;
        }
        if (!host(bytes, head)) {
            return BAD;
        }
        int pathStart = targetStart;
        int end = targetEnd;
        absolute = bytes[targetStart] != '/';
        if (absolute) {
            pathStart = pathOfAbsolute(bytes, targetStart, targetEnd);
            if (pathStart < 0) {
                return BAD;
            }
            end = Math.max(end, pathStart + 1);
        }
        return head.target(pathStart, end, pathStart) ? OK : BAD;
    }

    private static int endOfMethod(byte[] b, int from) {
        int at = from;
        while ((b[at] >= 'A' && b[at] <= 'Z') || b[at] == '-' || b[at] == '_') {
            at++;
        }
        return at;
    }

    /** The minor version, or a status negated. */
    private static int minorVersion(byte[] b, int at, int length) {
        if (at + VERSION_LENGTH + 2 > length
                || b[at] != 'H'
                || b[at + 1] != 'T'
                || b[at + 2] != 'T'
                || b[at + 3] != 'P'
                || b[at + 4] != '/'
                || !isDigit(b[at + 5])
                || b[at + 6] != '.'
                || !isDigit(b[at + 7])
                || b[at + 8] != '\r'
                || b[at + 9] != '\n') {
            return -BAD;
        }
        if (b[at + 5] != '1') {
            return -VERSION_NOT_SUPPORTED;
        }
        return b[at + 7] == '0' ? 0 : 1;
    }

    /** Exactly one Host in HTTP/1.1, and never one that could be read in two ways. */
    private boolean host(byte[] bytes, RequestHead head) {
        int index = fields.hostIndex();
        if (index < 0) {
            authorityStart = 0;
            authorityEnd = 0;
            return head.minorVersion() == 0;
        }
        authorityStart = head.headers().valueStart(index);
        authorityEnd = head.headers().valueEnd(index);
        return HostBytes.isValid(bytes, authorityStart, authorityEnd);
    }

    /**
     * Splits an absolute target. One without a path gets one, in place of the byte behind (already read) or of the authority's last
     * (kept elsewhere by then).
     */
    private int pathOfAbsolute(byte[] b, int from, int to) {
        int start = HostBytes.startIn(b, from, to);
        if (start < 0) {
            return -1;
        }
        int end = start;
        while (end < to && b[end] != '/' && b[end] != '?' && b[end] != '#') {
            end++;
        }
        if (!HostBytes.isValid(b, start, end)) {
            return -1;
        }
        authorityStart = start;
        authorityEnd = end;
        if (end < to && b[end] == '/') {
            return end;
        }
        if (end == to) {
            b[end] = '/';
            return end;
        }
        // Moves the authority one to the left, over a slash of "://", to make room for the path's.
        System.arraycopy(b, start, b, start - 1, end - start);
        authorityStart--;
        authorityEnd--;
        b[end - 1] = '/';
        return end - 1;
    }

    /** Whether the target was in absolute form: it then names the host, whatever Host says (RFC 9112, 3.2.2). */
    public boolean absolute() {
        return absolute;
    }

    /** Where the authority (host and port) is that the request is for; both 0 when there is none. */
    public int authorityStart() {
        return authorityStart;
    }

    public int authorityEnd() {
        return authorityEnd;
    }

    /** The authority as wire text. */
    public String authority(byte[] bytes) {
        return WireText.of(bytes, authorityStart, authorityEnd);
    }
}
