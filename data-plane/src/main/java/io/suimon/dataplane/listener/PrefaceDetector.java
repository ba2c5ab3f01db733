package io.suimon.dataplane.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first bytes of a connection: whether they are the preface of HTTP/2 (RFC 9113, 3.3). It leaves the pipeline with its
 * answer, mostly at the first byte.
 *
 * <p>How long they may take is the business of the handler behind. Touched on the channel's event loop only.
 */
final class PrefaceDetector extends ChannelInboundHandlerAdapter {

    private static final ByteBuf PREFACE = Http2CodecUtil.connectionPrefaceBuf();

    private final Consumer<ChannelHandlerContext> http2;
    private @Nullable ByteBuf held;

    /** @param http2 puts handlers for HTTP/2 behind this one, in place of those for HTTP/1.1 */
    PrefaceDetector(Consumer<ChannelHandlerContext> http2) {
        this.http2 = http2;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var in = (ByteBuf) message;
        var before = held;
        held = null;
        var all = before == null
                ? in
                : context.alloc()
                        .buffer(before.readableBytes() + in.readableBytes())
                        .writeBytes(before)
                        .writeBytes(in);
        if (before != null) {
            before.release();
            in.release();
        }
        int compared = Math.min(all.readableBytes(), PREFACE.readableBytes());
        boolean matches = io.netty.buffer.ByteBufUtil.equals(all, all.readerIndex(), PREFACE, 0, compared);
        if (matches && compared < PREFACE.readableBytes()) {
            held = all;
            return;
        }
        if (matches) {
            http2.accept(context);
        }
        context.fireChannelRead(all);
        context.pipeline().remove(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        var unread = held;
        held = null;
        if (unread != null) {
            unread.release();
        }
    }
}
