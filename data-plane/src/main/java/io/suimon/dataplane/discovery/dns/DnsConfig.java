package io.suimon.dataplane.discovery.dns;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of DNS as a registry: upstreams with {@code discovery_type} {@code dns}. Without servers there is no such registry. */
@ConfigMapping(prefix = "suimon.discovery.dns")
public interface DnsConfig {

    /** Servers, asked in turn: addresses, with or without a port. */
    Optional<List<String>> servers();

    /** A file that names the servers instead, as {@code /etc/resolv.conf} does; read again when it changed. */
    Optional<Path> resolvConf();

    /** Which records are asked for, until there are some: {@code last} is the kind there was the last time. */
    @WithDefault("last,SRV,A,AAAA,CNAME")
    List<String> order();

    /** How long one server has for one answer. */
    @WithDefault("1s")
    Duration timeout();

    /** A name is not asked for more often, whatever its answer says. */
    @WithDefault("1s")
    Duration minTtl();

    /** Nor less often. */
    @WithDefault("30s")
    Duration maxTtl();

    /** How soon a name is asked for again that does not exist, or has nothing. */
    @WithDefault("5s")
    Duration negativeTtl();

    /** Names asked for at a time; those beyond wait. */
    @WithDefault("100")
    int maxLookups();
}
