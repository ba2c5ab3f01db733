package io.suimon.dataplane.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Bytes that arrived behind others that wait. */
final class Appended {

    private Appended() {}

    /** Both in one buffer; what was given is used up. */
    static ByteBuf to(ByteBuf before, ByteBuf in, ByteBufAllocator allocator) {
        try {
            if (before.writableBytes() >= in.readableBytes()) {
                return before.writeBytes(in);
            }
            var merged = allocator.directBuffer(before.readableBytes() + in.readableBytes());
            merged.writeBytes(before).writeBytes(in);
            before.release();
            return merged;
        } finally {
            in.release();
        }
    }
}
