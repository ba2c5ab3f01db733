package io.suimon.dataplane.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * Throws away what a client still sends to a connection that is about to be closed. Closing it at once would have the kernel throw away
 * what the client has not read yet.
 *
 * <p>Touched on the channel's event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
final class LastBytes extends ChannelInboundHandlerAdapter {

    private static final int LIMIT = 256 * 1024;

    private int seen;

    /** Ends the direction to the client, behind what was written; from here on nothing passes this place but events. */
    static void await(Channel channel, String before) {
        channel.pipeline().addBefore(before, null, new LastBytes());
        var tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        } else if (channel instanceof DuplexChannel duplex) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(
                            written -> duplex.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        seen += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        ReferenceCountUtil.release(message);
        if (seen > LIMIT) {
            context.close(context.newPromise());
        }
    }
}
