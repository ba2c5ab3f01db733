package io.suimon.dataplane.http1;

/**
 * The fields that mean something only in front of a body (RFC 9110, 6.5.1): whoever merges trailers into a head must not find there
 * what frames, routes, authenticates or controls a message, and was not seen by those who decided on the head.
 */
final class ForbiddenTrailers {

    private static final String[] NAMES = {
        "authorization",
        "cookie",
        "set-cookie",
        "trailer",
        "range",
        "cache-control",
        "pragma",
        "max-forwards",
        "age",
        "expires",
        "location",
        "retry-after",
        "vary",
        "www-authenticate",
        "origin",
        "referer",
        "user-agent",
        "from"
    };

    /** Families of names: what describes the body, conditions, proxies, and who this gateway says that somebody is. */
    private static final String[] PREFIXES = {
        "content-", "if-", "accept", "proxy-", "x-forwarded-", "x-consumer-", "x-credential-", "access-control-"
    };

    private ForbiddenTrailers() {}

    /** Whether a trailer of this name is not passed on. */
    static boolean contains(byte[] b, int from, int to) {
        for (var name : NAMES) {
            if (Tokens.equalsIgnoreCase(b, from, to, name)) {
                return true;
            }
        }
        for (var prefix : PREFIXES) {
            int end = from + prefix.length();
            if (end <= to && Tokens.equalsIgnoreCase(b, from, end, prefix)) {
                return true;
            }
        }
        return false;
    }
}
