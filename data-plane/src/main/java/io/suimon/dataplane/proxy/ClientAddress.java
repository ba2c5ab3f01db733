package io.suimon.dataplane.proxy;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;

/** Who a connection is of: the peer, or whom that one speaks for. Asked once per connection. */
public final class ClientAddress {

    private static final AttributeKey<InetSocketAddress> CLIENT = AttributeKey.valueOf(ClientAddress.class, "client");

    private ClientAddress() {}

    /** Says that the peer speaks for somebody. */
    public static void set(Channel channel, InetSocketAddress client) {
        channel.attr(CLIENT).set(client);
    }

    public static InetSocketAddress of(Channel channel) {
        var client = channel.hasAttr(CLIENT) ? channel.attr(CLIENT).get() : null;
        return client == null ? (InetSocketAddress) channel.remoteAddress() : client;
    }
}
