package io.suimon.dataplane.proxy;

import io.netty.channel.Channel;
import io.suimon.engine.http.ClientConnection;
import io.suimon.engine.tls.TlsSession;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Who is on the other side of a new connection. */
public final class NewClient {

    private static final AtomicLong IDS = new AtomicLong();

    private NewClient() {}

    /**
     * Names the client of a connection, with an id of its own.
     *
     * @param session what the TLS handshake came to; null without TLS
     */
    public static ClientConnection of(Channel channel, @Nullable TlsSession session) {
        return new ClientConnection(
                ClientAddress.of(channel), (InetSocketAddress) channel.localAddress(), session, IDS.incrementAndGet());
    }
}
