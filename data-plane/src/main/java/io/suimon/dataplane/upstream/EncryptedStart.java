package io.suimon.dataplane.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.suimon.dataplane.tls.OriginPeer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts encryption between a new connection and its socket. For one connection, on its event loop. */
final class EncryptedStart extends ChannelInitializer<Channel> {

    private final OriginLoop loop;
    private final SslContext context;
    private final OriginPeer peer;
    private final OriginConnection connection;
    private @Nullable SslHandler tls;

    EncryptedStart(OriginLoop loop, SslContext context, OriginPeer peer, OriginConnection connection) {
        this.loop = loop;
        this.context = context;
        this.peer = peer;
        this.connection = connection;
    }

    @Override
    protected void initChannel(Channel channel) {
        var handler = loop.tls().handler(context, peer, connection.address().getPort(), channel.alloc());
        tls = handler;
        channel.pipeline().addLast(handler, connection);
    }

    /** Done when the handshake is; asked once the socket is connected. */
    Future<Channel> handshake() {
        return Objects.requireNonNull(tls).handshakeFuture();
    }
}
