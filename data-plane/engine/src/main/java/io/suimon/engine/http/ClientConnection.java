package io.suimon.engine.http;

import io.suimon.engine.tls.TlsSession;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come from; made once per connection.
 *
 * @param remote the peer
 * @param local the listener's side
 * @param session what the TLS handshake came to; null without TLS
 * @param id counts connections since the process started
 * @param http2 whether requests come on its streams, and not one after another
 */
public record ClientConnection(
        InetSocketAddress remote,
        InetSocketAddress local,
        @Nullable TlsSession session,
        long id,
        boolean http2) {

    /** One of HTTP/1.1. */
    public ClientConnection(InetSocketAddress remote, InetSocketAddress local, @Nullable TlsSession session, long id) {
        this(remote, local, session, id, false);
    }

    /** The same connection, where HTTP/2 turned out to be spoken. */
    public ClientConnection overHttp2() {
        return new ClientConnection(remote, local, session, id, true);
    }

    /** Whether it is encrypted. */
    public boolean tls() {
        return session != null;
    }
}
