package io.suimon.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;

/** Sends a message when the last one is back. On its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a failure ends the connection, and that is heard of
final class BackAndForth extends SimpleChannelInboundHandler<BinaryWebSocketFrame> {

    private final ByteBuf message;
    private final Run run;
    private long sent;

    BackAndForth(int bytes, Run run) {
        this.run = run;
        message = Unpooled.unreleasableBuffer(
                Unpooled.wrappedBuffer("m".repeat(bytes).getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            send(context);
        } else if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
            run.failed("no switch of protocols in time");
            context.close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, BinaryWebSocketFrame frame) {
        if (!frame.content().equals(message)) {
            run.failed("a message of " + frame.content().readableBytes() + " bytes came back for one of "
                    + message.readableBytes());
        }
        run.answered(sent);
        if (run.goesOn()) {
            send(context);
        } else {
            context.close();
        }
    }

    private void send(ChannelHandlerContext context) {
        sent = System.nanoTime();
        context.writeAndFlush(new BinaryWebSocketFrame(message.duplicate()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        run.failed("connection: " + cause.getMessage());
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (run.goesOn()) {
            run.failed("a connection ended before the load did");
        }
        run.closed();
    }
}
