package io.suimon.bench.load;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;

/** Sends messages back. On its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a failure ends the connection
final class Echo extends SimpleChannelInboundHandler<BinaryWebSocketFrame> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, BinaryWebSocketFrame frame) {
        context.writeAndFlush(new BinaryWebSocketFrame(frame.content().retain()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
