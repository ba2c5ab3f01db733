package io.suimon.dataplane.upstream;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How names of endpoints are looked up.
 *
 * @param servers asked in turn; empty are those of the system
 * @param search whether the system's search domains are tried, too
 * @param timeout for one answer of one server
 * @param minTtlSeconds an answer is remembered no shorter than this
 * @param maxTtlSeconds nor longer than this
 * @param negativeTtlSeconds how long it is remembered that there is no such name
 * @param patience after which a request goes to the addresses known before, while an answer is waited for
 * @param stale how long these are good for when no server answers
 */
public record DnsSettings(
        List<InetSocketAddress> servers,
        boolean search,
        Duration timeout,
        int minTtlSeconds,
        int maxTtlSeconds,
        int negativeTtlSeconds,
        Duration patience,
        Duration stale) {

    public DnsSettings {
        servers = List.copyOf(servers);
    }
}
