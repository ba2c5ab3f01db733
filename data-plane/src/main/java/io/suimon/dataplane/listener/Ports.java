package io.suimon.dataplane.listener;

import io.suimon.dataplane.tls.TlsConfig;
import java.util.OptionalInt;

/**
 * Where traffic is listened for, and by how many event loops. Port 0 is any free one.
 *
 * @param balanced for connections that begin with a PROXY header; empty is none
 * @param encrypted for HTTPS; empty is none
 * @param balancedEncrypted for HTTPS behind a PROXY header; empty is none
 */
public record Ports(
        String host,
        int plain,
        OptionalInt balanced,
        OptionalInt encrypted,
        OptionalInt balancedEncrypted,
        int eventLoops) {

    /** Those of the settings. */
    public static Ports of(TrafficConfig traffic, TlsConfig tls) {
        return new Ports(
                traffic.host(),
                traffic.port(),
                traffic.proxyProtocol().port(),
                tls.enabled() ? OptionalInt.of(tls.port()) : OptionalInt.empty(),
                tls.enabled() ? traffic.proxyProtocol().tlsPort() : OptionalInt.empty(),
                traffic.eventLoops().orElse(Runtime.getRuntime().availableProcessors()));
    }

    /** One for HTTP that nobody else knows of, on one event loop. */
    public static Ports ofLoopback() {
        return new Ports("127.0.0.1", 0, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), 1);
    }
}
