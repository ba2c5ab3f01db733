package io.suimon.dataplane.http1;

import io.suimon.engine.text.WireText;

/** The phrases behind status codes: those of RFC 9110, to recognise, and those nginx writes, to write. */
public final class Reasons {

    private static final String[] USUAL = new String[600];
    private static final String[] OWN = new String[600];

    static {
        both(200, "OK");
        both(201, "Created");
        both(202, "Accepted");
        both(204, "No Content");
        both(206, "Partial Content");
        both(301, "Moved Permanently");
        each(302, "Found", "Moved Temporarily");
        both(303, "See Other");
        both(304, "Not Modified");
        both(307, "Temporary Redirect");
        both(308, "Permanent Redirect");
        both(400, "Bad Request");
        both(401, "Unauthorized");
        both(402, "Payment Required");
        both(403, "Forbidden");
        both(404, "Not Found");
        each(405, "Method Not Allowed", "Not Allowed");
        both(406, "Not Acceptable");
        each(408, "Request Timeout", "Request Time-out");
        both(409, "Conflict");
        both(410, "Gone");
        both(411, "Length Required");
        both(412, "Precondition Failed");
        each(413, "Content Too Large", "Request Entity Too Large");
        each(414, "URI Too Long", "Request-URI Too Large");
        both(415, "Unsupported Media Type");
        each(416, "Range Not Satisfiable", "Requested Range Not Satisfiable");
        both(421, "Misdirected Request");
        both(429, "Too Many Requests");
        both(431, "Request Header Fields Too Large");
        both(500, "Internal Server Error");
        both(501, "Not Implemented");
        both(502, "Bad Gateway");
        each(503, "Service Unavailable", "Service Temporarily Unavailable");
        each(504, "Gateway Timeout", "Gateway Time-out");
        both(505, "HTTP Version Not Supported");
        both(507, "Insufficient Storage");
    }

    private Reasons() {}

    private static void both(int status, String reason) {
        each(status, reason, reason);
    }

    private static void each(int status, String usual, String own) {
        USUAL[status] = usual;
        OWN[status] = own;
    }

    /** What this gateway writes behind a status of its own; empty when there is no phrase. */
    public static String of(int status) {
        String reason = status < OWN.length ? OWN[status] : null;
        return reason == null ? "" : reason;
    }

    /** These bytes as text: the usual phrase's literal where it is that. */
    static String intern(int status, byte[] b, int from, int to) {
        if (status < USUAL.length) {
            if (spells(USUAL[status], b, from, to)) {
                return USUAL[status];
            }
            if (spells(OWN[status], b, from, to)) {
                return OWN[status];
            }
        }
        return WireText.of(b, from, to);
    }

    private static boolean spells(@org.jspecify.annotations.Nullable String text, byte[] b, int from, int to) {
        if (text == null || text.length() != to - from) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != b[from + i]) {
                return false;
            }
        }
        return true;
    }
}
