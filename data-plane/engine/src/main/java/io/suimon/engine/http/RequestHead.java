package io.suimon.engine.http;

import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as received: bytes with offsets, text only when asked for.
 *
 * <p>A parser fills it by {@link #reset}, {@link #target} and {@link Headers#field}; everything else reads. The request as the
 * client sent it never changes here but for its header edits; where it goes instead is {@link UpstreamRequest}.
 *
 * <p>Not thread-safe: belongs to one exchange at a time, and is reused by the next one.
 */
public final class RequestHead {

    private final Headers headers = new Headers();
    private final RequestPath path = new RequestPath();
    private byte[] bytes = {};
    private String method = "GET";
    private int minorVersion = 1;
    private int targetStart;
    private int targetEnd;
    private int pathStart;
    private int queryStart;
    private int queryEnd;
    private @Nullable String host;
    private @Nullable String target;
    private @Nullable QueryArguments arguments;
    private @Nullable Cookies cookies;

    /**
     * Begins a new head in these bytes, which are not copied and must not change until the exchange is over or {@link #rebase}.
     *
     * @param method one of the known methods' literals, or a new string
     */
    public void reset(byte[] bytes, String method, int minorVersion) {
        this.bytes = bytes;
        this.method = method;
        this.minorVersion = minorVersion;
        headers.reset(bytes);
        host = null;
        target = null;
        arguments = null;
        cookies = null;
    }

    /**
     * Tells where the request target is.
     *
     * @param start the first byte of the target as sent
     * @param end behind its last byte
     * @param pathStart the first byte of its path: {@code start} but for the absolute form
     * @return false when the path is malformed (no slash first, a dot segment above the root, a bad or a NUL escape): answer 400
     */
    public boolean target(int start, int end, int pathStart) {
        targetStart = start;
        targetEnd = end;
        this.pathStart = pathStart;
        int pathEnd = pathStart;
        while (pathEnd < end && bytes[pathEnd] != '?' && bytes[pathEnd] != '#') {
            pathEnd++;
        }
        boolean hasQuery = pathEnd < end && bytes[pathEnd] == '?';
        queryStart = hasQuery ? pathEnd + 1 : -1;
        queryEnd = hasQuery ? endOfQuery(pathEnd + 1, end) : -1;
        boolean absoluteWithoutPath = pathEnd == pathStart && pathStart > start;
        return absoluteWithoutPath ? path.resetToRoot() : path.reset(bytes, pathStart, pathEnd);
    }

    /** A fragment has no business in a request; it counts for nothing. */
    private int endOfQuery(int from, int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == '#') {
                return i;
            }
        }
        return end;
    }

    /** Moves the head to its own copy of the bytes, at the same offsets. */
    public void rebase(byte[] copy) {
        bytes = copy;
        headers.rebase(copy);
        path.rebase(copy);
    }

    /** Names the host: that of an absolute target, else of the Host field; without port and trailing dot, lower-case. */
    public void host(@Nullable String host) {
        this.host = host;
    }

    public Headers headers() {
        return headers;
    }

    public byte[] bytes() {
        return bytes;
    }

    public String method() {
        return method;
    }

    /** 0 for HTTP/1.0, 1 for HTTP/1.1; HTTP/2 counts as 1. */
    public int minorVersion() {
        return minorVersion;
    }

    /** Host without port, lower-case; empty when the client named none. */
    public String host() {
        return host == null ? "" : host;
    }

    /** The target as sent, byte for byte. */
    public String target() {
        if (target == null) {
            target = WireText.of(bytes, targetStart, targetEnd);
        }
        return target;
    }

    public int targetStart() {
        return targetStart;
    }

    public int targetEnd() {
        return targetEnd;
    }

    /** The first byte of the path in the target: behind scheme and host of an absolute one. */
    public int pathStart() {
        return pathStart;
    }

    /** Path and query as sent, without scheme and host of an absolute target. */
    public String rawPath() {
        if (pathStart == targetStart) {
            return target();
        }
        var path = WireText.of(bytes, pathStart, targetEnd);
        return path.startsWith("/") ? path : "/" + path;
    }

    /** The decoded, normalised path that routes are matched against. */
    public RequestPath path() {
        return path;
    }

    /** The query as sent, without the question mark and a fragment; null when there is none. */
    public @Nullable String query() {
        return queryStart < 0 ? null : WireText.of(bytes, queryStart, queryEnd);
    }

    /** The query's arguments, decoded. */
    public QueryArguments arguments() {
        if (arguments == null) {
            arguments = QueryArguments.parse(query());
        }
        return arguments;
    }

    /** The cookies of all Cookie fields. */
    public Cookies cookies() {
        if (cookies == null) {
            cookies = Cookies.parse(headers.all(HeaderName.COOKIE));
        }
        return cookies;
    }
}
