package io.suimon.engine.http;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come from; made once per connection.
 *
 * @param remote the peer
 * @param local the listener's side
 * @param id counts connections since the process started
 * @param sni the server name of the TLS handshake; null without TLS or without one
 */
public record ClientConnection(
        InetSocketAddress remote,
        InetSocketAddress local,
        boolean tls,
        @Nullable String sni,
        long id) {}
