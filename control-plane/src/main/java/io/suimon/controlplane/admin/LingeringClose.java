package io.suimon.controlplane.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection so that a client that is still sending can read what it was answered: a socket that is closed over bytes nobody
 * has read takes its answer along. The end of the output is told at once, and what still comes is dropped until the client closes,
 * too, or has had its time.
 *
 * <p>One per connection, the first of its pipeline; lives on its event loop.
 */
final class LingeringClose extends ChannelDuplexHandler {

    /** How long a client may take to notice that its connection is over. */
    static final Duration LINGER = Duration.ofSeconds(1);

    private boolean closing;

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        var channel = context.channel();
        channel.closeFuture().addListener(closed -> promise.trySuccess());
        if (closing) {
            return;
        }
        closing = true;
        var end = context.executor().schedule(() -> end(context), LINGER.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> end.cancel(false));
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> endOutput(context));
        channel.config().setAutoRead(true);
    }

    private static void endOutput(ChannelHandlerContext context) {
        if (context.channel().isActive() && context.channel() instanceof DuplexChannel duplex) {
            duplex.shutdownOutput().addListener(ended -> {
                if (!ended.isSuccess()) {
                    end(context);
                }
            });
        }
    }

    private static void end(ChannelHandlerContext context) {
        context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }
}
