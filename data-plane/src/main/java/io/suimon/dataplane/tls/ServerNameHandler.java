package io.suimon.dataplane.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Reads which server a client asks for, and goes on with that one's certificate. One connection, on its event loop. */
final class ServerNameHandler extends AbstractSniHandler<ReadyContext> {

    /** With post-quantum keys one takes 2 KiB. */
    private static final int MAX_CLIENT_HELLO = 16 * 1024;

    private static final byte[] INTERNAL_ERROR_ALERT = {21, 3, 3, 0, 2, 2, 80};

    private final TlsEntrance entrance;
    private final Handshake handshake;

    ServerNameHandler(TlsEntrance entrance, Handshake handshake, long timeoutMillis) {
        super(MAX_CLIENT_HELLO, timeoutMillis);
        this.entrance = entrance;
        this.handshake = handshake;
    }

    @Override
    protected Future<ReadyContext> lookup(ChannelHandlerContext context, @Nullable ByteBuf hello) throws Exception {
        handshake.acceptsEcdsa(hello == null || ClientHello.acceptsEcdsa(hello));
        return super.lookup(context, hello);
    }

    @Override
    protected Future<ReadyContext> lookup(ChannelHandlerContext context, @Nullable String hostname) {
        return entrance.lookup(handshake, hostname, context.executor());
    }

    @Override
    protected void onLookupComplete(
            ChannelHandlerContext context, @Nullable String hostname, Future<ReadyContext> future) {
        if (!future.isSuccess()) {
            context.writeAndFlush(Unpooled.wrappedBuffer(INTERNAL_ERROR_ALERT))
                    .addListener(ChannelFutureListener.CLOSE);
            context.pipeline().remove(this);
            return;
        }
        var found = future.getNow();
        handshake.trust(found.trust());
        var chosen = handshake.acceptsEcdsa() ? found.offer() : found.withoutEcdsa();
        var handler = chosen.handler(context.alloc());
        handler.setHandshakeTimeoutMillis(handshakeTimeoutMillis);
        boolean placed = false;
        try {
            context.pipeline().replace(this, SslHandler.class.getName(), handler);
            placed = true;
        } finally {
            if (!placed) {
                ReferenceCountUtil.safeRelease(handler.engine());
            }
        }
    }
}
