package io.suimon.dataplane.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** What a client sent and nobody has read yet, and whether more is taken from it. Touched on its connection's event loop only. */
final class ReceivedBytes {

    private final Channel channel;
    private @Nullable ByteBuf bytes;
    private boolean paused;

    ReceivedBytes(Channel channel) {
        this.channel = channel;
    }

    /** Takes these over, behind what is there. */
    void append(ByteBuf in) {
        var before = bytes;
        if (before == null) {
            bytes = in;
            return;
        }
        try {
            if (before.writableBytes() >= in.readableBytes()) {
                before.writeBytes(in);
            } else {
                var merged = channel.alloc().directBuffer(before.readableBytes() + in.readableBytes());
                bytes = merged.writeBytes(before).writeBytes(in);
                before.release();
            }
        } finally {
            in.release();
        }
    }

    /** To read from; null where there are none. */
    @Nullable
    ByteBuf bytes() {
        return bytes;
    }

    int size() {
        var waiting = bytes;
        return waiting == null ? 0 : waiting.readableBytes();
    }

    /** Lets go of a buffer that was read to its end. */
    void releaseIfRead() {
        var read = bytes;
        if (read != null && !read.isReadable()) {
            bytes = null;
            read.release();
        }
    }

    /** Leaves what more there is with the client, or no longer. */
    void pause(boolean pause) {
        if (paused != pause) {
            paused = pause;
            channel.config().setAutoRead(!pause);
        }
    }

    /** Hands them over to somebody who releases them; null where there are none. */
    @Nullable
    ByteBuf take() {
        var taken = bytes;
        bytes = null;
        return taken;
    }

    void drop() {
        var dropped = take();
        if (dropped != null) {
            dropped.release();
        }
    }
}
