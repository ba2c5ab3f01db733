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
 */
public record ClientConnection(
        InetSocketAddress remote,
        InetSocketAddress local,
        @Nullable TlsSession session,
        long id) {

    /** Whether it is encrypted. */
    public boolean tls() {
        return session != null;
    }
}
