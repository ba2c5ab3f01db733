package io.suimon.dataplane.upstream;

import io.suimon.process.InvalidSettingException;
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
        require(timeout.toMillis() > 0, "timeout", timeout, "at least PT0.001S");
        require(minTtlSeconds >= 0, "min-ttl", minTtlSeconds, "0 or more");
        require(
                maxTtlSeconds >= Math.max(1, minTtlSeconds),
                "max-ttl",
                maxTtlSeconds,
                "at least 1 and min-ttl, " + minTtlSeconds);
        require(negativeTtlSeconds >= 0, "negative-ttl", negativeTtlSeconds, "0 or more");
        require(!patience.isNegative(), "patience", patience, "0 or more");
        require(!stale.isNegative(), "stale", stale, "0 or more");
    }

    private static void require(boolean met, String setting, Object value, String expected) {
        if (!met) {
            throw new InvalidSettingException("suimon.traffic.dns." + setting, value, expected);
        }
    }
}
