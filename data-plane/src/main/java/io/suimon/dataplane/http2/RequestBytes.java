package io.suimon.dataplane.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the head of one request in HTTP/2 (RFC 9113, 8.3) and writes it as one of HTTP/1.1. */
final class RequestBytes {

    /**
     * What came of it.
     *
     * @param length what Content-Length says; -1 where the body is chunked, or there is none
     */
    record Head(ByteBuf bytes, long length, boolean chunked) {}

    private @Nullable CharSequence method;
    private @Nullable CharSequence scheme;
    private @Nullable CharSequence authority;
    private @Nullable CharSequence path;
    private @Nullable CharSequence host;
    private @Nullable StringBuilder cookie;
    private long length = -1;
    private boolean fieldsBegan;

    /** The head in HTTP/1.1; null when it is malformed. */
    @Nullable
    Head read(Http2Headers headers, boolean endOfStream, ByteBufAllocator allocator) {
        var fields = allocator.buffer(1024);
        for (var field : headers) {
            if (!take(field, fields)) {
                fields.release();
                return null;
            }
        }
        var target = target();
        if (target == null || !isWellFormed() || (endOfStream && length > 0)) {
            fields.release();
            return null;
        }
        boolean chunked = !endOfStream && length < 0;
        var head = allocator.buffer(256 + target.length() + fields.readableBytes());
        try {
            write(head, target, fields, chunked);
        } finally {
            fields.release();
        }
        return new Head(head, length, chunked);
    }

    private boolean take(Map.Entry<CharSequence, CharSequence> field, ByteBuf fields) {
        var name = field.getKey();
        var value = field.getValue();
        if (!name.isEmpty() && name.charAt(0) == ':') {
            return !fieldsBegan && takePseudo(name.toString(), value);
        }
        fieldsBegan = true;
        if (!FieldRules.allows(name, value)) {
            return false;
        }
        switch (name.toString()) {
            case "content-length" -> {
                boolean first = length < 0;
                length = FieldRules.length(value);
                return first && length >= 0;
            }
            case "host" -> {
                boolean first = host == null;
                host = value;
                return first;
            }
            case "cookie" -> takeCookie(value);
            default -> FieldRules.line(fields, name, value);
        }
        return true;
    }

    private boolean takePseudo(String name, CharSequence value) {
        if (!FieldRules.isWord(value)) {
            return false;
        }
        boolean first;
        switch (name) {
            case ":method" -> {
                first = method == null;
                method = value;
            }
            case ":scheme" -> {
                first = scheme == null;
                scheme = value;
            }
            case ":authority" -> {
                first = authority == null;
                authority = value;
            }
            case ":path" -> {
                first = path == null;
                path = value;
            }
            default -> first = false;
        }
        return first;
    }

    /** What HTTP/2 may cut into several fields is one in HTTP/1.1 (RFC 9113, 8.2.3). */
    private void takeCookie(CharSequence value) {
        if (cookie == null) {
            cookie = new StringBuilder(value);
        } else {
            cookie.append("; ").append(value);
        }
    }

    /** What goes into the request line; null when it cannot be told. */
    private @Nullable CharSequence target() {
        if (method != null && AsciiString.contentEquals(method, "CONNECT")) {
            // The method is refused, whatever it is for; there is only no target to say so with.
            return scheme == null && path == null && authority != null ? "/" : null;
        }
        if (path == null || scheme == null) {
            return null;
        }
        boolean known = AsciiString.contentEqualsIgnoreCase(scheme, "http")
                || AsciiString.contentEqualsIgnoreCase(scheme, "https");
        return known && (path.charAt(0) == '/' || AsciiString.contentEquals(path, "*")) ? path : null;
    }

    private boolean isWellFormed() {
        return method != null
                && (authority == null || host == null || AsciiString.contentEqualsIgnoreCase(authority, host));
    }

    private void write(ByteBuf head, CharSequence target, ByteBuf fields, boolean chunked) {
        FieldRules.write(head, java.util.Objects.requireNonNull(method));
        head.writeByte(' ');
        FieldRules.write(head, target);
        FieldRules.write(head, " HTTP/1.1\r\n");
        var named = authority == null ? host : authority;
        if (named != null) {
            FieldRules.line(head, "Host", named);
        }
        head.writeBytes(fields);
        if (cookie != null) {
            FieldRules.line(head, "cookie", cookie);
        }
        if (chunked) {
            FieldRules.write(head, "Transfer-Encoding: chunked\r\n");
        } else if (length >= 0) {
            FieldRules.line(head, "Content-Length", Long.toString(length));
        }
        head.writeShort('\r' << 8 | '\n');
    }
}
