package io.suimon.dataplane.listener;

import io.netty.channel.EventLoop;
import io.suimon.dataplane.upstream.DnsSettings;
import io.suimon.dataplane.upstream.NameHealth;
import io.suimon.dataplane.upstream.NameResolver;

/**
 * How a node opens sockets and looks up names, for traffic and probes alike.
 *
 * @param names over all event loops
 */
public record Network(Transport transport, DnsSettings dns, NameHealth names) {

    /** That of the settings. */
    public static Network of(TrafficConfig config) {
        return new Network(Transport.of(config.nativeTransport()), TrafficSettings.dns(config), new NameHealth());
    }

    /** Looks up names for one event loop. */
    public NameResolver resolver(EventLoop loop) {
        return new NameResolver(loop, transport.datagrams(), dns, names);
    }
}
