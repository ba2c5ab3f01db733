package io.suimon.dataplane.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.suimon.dataplane.http1.Reasons;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one response (RFC 9113, 8.1 and 8.3.2) and writes them as HTTP/1.1. A body is always in chunks, so that fields may
 * stand behind it; that its length is the one told is seen to here.
 */
final class ResponseBytes {

    private static final String STATUS = ":status";
    private static final String CONTENT_LENGTH = "content-length";
    private static final String NO_FRAMING = "\r\n";
    private static final String CHUNKED = "transfer-encoding: chunked\r\n\r\n";
    private static final String NO_CHUNKS = CHUNKED + "0\r\n\r\n";

    private long length = -1;
    private long received;
    private boolean begun;
    private boolean ended;

    /** Whether all of it was read. */
    boolean ended() {
        return ended;
    }

    /** A head, or the fields behind a body; null when it is malformed. */
    @Nullable
    ByteBuf headers(Http2HeadersFrame frame, boolean toHead, ByteBufAllocator allocator) {
        if (begun) {
            return frame.isEndStream() ? end(frame.headers(), allocator) : null;
        }
        int status = status(frame.headers());
        if (status < 100 || status == 101 || (status < 200 && frame.isEndStream())) {
            return null;
        }
        begun = status >= 200;
        ended = frame.isEndStream();
        var head = allocator.buffer(512);
        FieldRules.write(head, "HTTP/1.1 " + status + " " + Reasons.of(status) + "\r\n");
        boolean bodiless = toHead || status == 204 || status == 304;
        if (!fields(frame.headers(), head) || (ended && !bodiless && length > 0)) {
            head.release();
            return null;
        }
        FieldRules.write(head, framing(head, status, bodiless));
        return head;
    }

    private String framing(ByteBuf head, int status, boolean bodiless) {
        if (status < 200) {
            length = -1;
            return NO_FRAMING;
        }
        if (bodiless || (ended && length == 0)) {
            if (length >= 0) {
                FieldRules.line(head, CONTENT_LENGTH, Long.toString(length));
            }
            return NO_FRAMING;
        }
        return ended ? NO_CHUNKS : CHUNKED;
    }

    /** -1 where it is none; that there is one is the only thing a pseudo-field may say here. */
    private static int status(Http2Headers headers) {
        var status = headers.status();
        if (status == null || status.length() != 3) {
            return -1;
        }
        return (int) FieldRules.length(status);
    }

    private boolean fields(Http2Headers headers, ByteBuf head) {
        boolean named = false;
        for (var field : headers) {
            var name = field.getKey();
            var value = field.getValue();
            if (STATUS.contentEquals(name) && !named) {
                named = true;
            } else if (!named || !FieldRules.allows(name, value)) {
                return false;
            } else if (CONTENT_LENGTH.contentEquals(name)) {
                boolean first = length < 0;
                length = FieldRules.length(value);
                if (!first || length < 0) {
                    return false;
                }
            } else {
                FieldRules.line(head, name, value);
            }
        }
        return true;
    }

    /** A part of the body, empty where there is none of it; null when it is malformed. */
    @Nullable
    ByteBuf data(Http2DataFrame frame, ByteBufAllocator allocator) {
        var content = frame.content();
        received += content.readableBytes();
        if (!begun || (length >= 0 && received > length)) {
            return null;
        }
        var part = content.isReadable() ? Chunks.chunk(content, allocator) : allocator.buffer(0);
        if (!frame.isEndStream()) {
            return part;
        }
        var end = end(null, allocator);
        if (end == null) {
            part.release();
            return null;
        }
        try {
            return part.writeBytes(end);
        } finally {
            end.release();
        }
    }

    private @Nullable ByteBuf end(@Nullable Http2Headers trailers, ByteBufAllocator allocator) {
        ended = true;
        return length >= 0 && received != length ? null : Chunks.end(trailers, allocator);
    }
}
