package io.suimon.dataplane.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests by the letter of RFC 9112, as nothing in the gateway does, and complains about every byte that another reader could
 * take for something else.
 */
final class StrictReader {

    /** Bytes that can be read in two ways. */
    static final class AmbiguousException extends IOException {
        private static final long serialVersionUID = 1;

        AmbiguousException(String message) {
            super(message);
        }
    }

    private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z_-]+ [!-~\u0080-\u00ff]+ HTTP/1\\.1");
    private static final Pattern FIELD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~\u0080-\u00ff]*");
    private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final Pattern CHUNK_SIZE = Pattern.compile("0|[1-9a-f][0-9a-f]{0,7}");

    /** Fields that mean something only in a head (RFC 9110, 6.5.1), and those by which this gateway tells who somebody is. */
    private static final Set<String> NO_TRAILERS = Set.of(
            "content-length",
            "transfer-encoding",
            "host",
            "connection",
            "upgrade",
            "expect",
            "te",
            "trailer",
            "authorization",
            "proxy-authorization",
            "cookie",
            "content-encoding",
            "content-type",
            "content-range",
            "range",
            "if-match",
            "cache-control",
            "max-forwards",
            "x-forwarded-for",
            "x-real-ip",
            "x-consumer-username",
            "set-cookie",
            "if-none-match",
            "accept-encoding");

    private final InputStream in;

    StrictReader(InputStream in) {
        this.in = in;
    }

    /** The request line of the next request, of which all was there; null at the end of the connection, in the middle or not. */
    @Nullable
    String next() throws IOException {
        var line = line();
        if (line == null) {
            return null;
        }
        check(REQUEST_LINE, line, "a request line");
        long length = -1;
        boolean chunked = false;
        int hosts = 0;
        for (var field = line(); ; field = line()) {
            if (field == null) {
                return null;
            }
            if (field.isEmpty()) {
                break;
            }
            check(FIELD, field, "a field line");
            var value = field.substring(field.indexOf(':') + 1).strip();
            switch (name(field)) {
                case "content-length" -> {
                    check(LENGTH, value, "a length");
                    once(length < 0 && !chunked, field);
                    length = Long.parseLong(value);
                }
                case "transfer-encoding" -> {
                    once(value.equalsIgnoreCase("chunked") && !chunked && length < 0, field);
                    chunked = true;
                }
                case "host" -> once(hosts++ == 0, field);
                default -> {
                    // Frames nothing.
                }
            }
        }
        boolean whole = chunked ? chunks() : in.readNBytes((int) Math.max(0, length)).length == Math.max(0, length);
        return whole ? line : null;
    }

    private static String name(String field) {
        return field.substring(0, field.indexOf(':')).toLowerCase(Locale.ROOT);
    }

    private boolean chunks() throws IOException {
        while (true) {
            var size = line();
            if (size == null) {
                return false;
            }
            check(CHUNK_SIZE, size, "a chunk size");
            int bytes = Integer.parseInt(size, 16);
            if (bytes == 0) {
                return trailers();
            }
            if (in.readNBytes(bytes).length < bytes) {
                return false;
            }
            var end = line();
            if (end == null) {
                return false;
            }
            once(end.isEmpty(), "behind a chunk: " + end);
        }
    }

    private boolean trailers() throws IOException {
        for (var field = line(); field != null; field = line()) {
            if (field.isEmpty()) {
                return true;
            }
            check(FIELD, field, "a trailer");
            once(!NO_TRAILERS.contains(name(field)), "trailer " + field);
        }
        return false;
    }

    private @Nullable String line() throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                throw new AmbiguousException("bare LF behind " + line);
            }
            if (b == '\r') {
                int next = in.read();
                if (next != '\n') {
                    throw new AmbiguousException("bare CR behind " + line);
                }
                return line.toString();
            }
            line.append((char) b);
        }
        return null;
    }

    private static void check(Pattern pattern, String text, String expected) throws AmbiguousException {
        once(pattern.matcher(text).matches(), text + " (expected: " + expected + ")");
    }

    private static void once(boolean holds, String what) throws AmbiguousException {
        if (!holds) {
            throw new AmbiguousException(what);
        }
    }
}
