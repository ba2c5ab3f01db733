package io.suimon.dataplane.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;

/**
 * Waits for the end of a client's handshake, and then makes way for who speaks the protocol that was agreed on; that one sees the
 * connection become active only now. One connection, on its event loop.
 */
final class HandshakeHandler extends ChannelInboundHandlerAdapter {

    private final TlsEntrance entrance;
    private final Handshake handshake;
    private final TlsEntrance.Next next;
    private boolean over;

    HandshakeHandler(TlsEntrance entrance, Handshake handshake, TlsEntrance.Next next) {
        this.entrance = entrance;
        this.handshake = handshake;
        this.next = next;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        // Not for those behind: nothing is agreed on yet.
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message); // what comes behind a handshake that failed
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        switch (event) {
            case SniCompletionEvent named when !named.isSuccess() -> failed(named.cause());
            case SslHandshakeCompletionEvent ended when ended.isSuccess() -> succeeded(context);
            case SslHandshakeCompletionEvent ended -> {
                failed(ended.cause());
                end(context);
            }
            case ChannelInputShutdownEvent gone -> end(context);
            default -> {}
        }
    }

    private void succeeded(ChannelHandlerContext context) {
        var handler = context.pipeline().get(SslHandler.class);
        var session = entrance.established(handshake, handler.engine());
        over = true;
        next.take(context.channel(), session, handler.applicationProtocol());
        context.fireChannelActive();
        context.pipeline().remove(this);
    }

    private void failed(Throwable cause) {
        if (!over) {
            over = true;
            entrance.failed(HandshakeFailure.of(cause));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
    private static void end(ChannelHandlerContext context) {
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        failed(new ClosedChannelException());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failed(cause);
        end(context);
    }
}
