package io.suimon.dataplane.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** Parts of a body as chunks of HTTP/1.1. */
final class Chunks {

    private static final AsciiString NOTHING_FOLLOWS = AsciiString.cached("0\r\n\r\n");

    private Chunks() {}

    /** One chunk behind which nothing follows. */
    static ByteBuf lastChunk(ByteBuf content, ByteBufAllocator allocator) {
        var chunk = chunk(content, allocator);
        FieldRules.write(chunk, NOTHING_FOLLOWS);
        return chunk;
    }

    /** One chunk; the content is not empty and stays the caller's. */
    static ByteBuf chunk(ByteBuf content, ByteBufAllocator allocator) {
        int size = content.readableBytes();
        var chunk = allocator.buffer(size + 20);
        FieldRules.write(chunk, Integer.toHexString(size));
        chunk.writeShort('\r' << 8 | '\n');
        chunk.writeBytes(content, content.readerIndex(), size);
        return chunk.writeShort('\r' << 8 | '\n');
    }

    /** The end of a body, with these fields behind it; null when one of them is malformed. */
    static @Nullable ByteBuf end(@Nullable Http2Headers trailers, ByteBufAllocator allocator) {
        var end = allocator.buffer(64);
        FieldRules.write(end, "0\r\n");
        if (trailers != null) {
            for (var field : trailers) {
                if (!FieldRules.allows(field.getKey(), field.getValue())) {
                    end.release();
                    return null;
                }
                FieldRules.line(end, field.getKey(), field.getValue());
            }
        }
        return end.writeShort('\r' << 8 | '\n');
    }
}
