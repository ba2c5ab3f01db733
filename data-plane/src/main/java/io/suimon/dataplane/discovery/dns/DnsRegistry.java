package io.suimon.dataplane.discovery.dns;

import io.netty.channel.EventLoopGroup;
import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.discovery.ServiceSink;
import io.suimon.dataplane.listener.Network;
import io.suimon.engine.resource.Upstream.Discovery;
import io.suimon.process.InvalidSettingException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** DNS servers as a registry of services. Thread-safe; everything happens on an event loop of its own. */
public final class DnsRegistry implements Registry {

    private static final String SETTINGS = "suimon.discovery.dns.";

    private final EventLoopGroup group;
    private final DnsLoop dns;
    private final @Nullable ServersFile file;

    /** @param file that names the servers; null where settings do */
    private DnsRegistry(
            DnsConfig config, List<InetSocketAddress> servers, @Nullable ServersFile file, Network network) {
        require(config.timeout().toMillis() > 0, "timeout", config.timeout(), "at least PT0.001S");
        require(config.maxLookups() > 0, "max-lookups", config.maxLookups(), "at least 1");
        var order = RecordKind.parse(config.order());
        var times = new DnsTimes(config.minTtl(), config.maxTtl(), config.negativeTtl());
        this.group = network.transport().group(1, "discovery-dns");
        var loop = group.next();
        this.dns = new DnsLoop(
                loop,
                new DnsClient(loop, network.transport(), servers, config.timeout()),
                new LookupGate(config.maxLookups()),
                times,
                order);
        this.file = file;
        if (file != null) {
            file.follow(
                    ServersFile.PAUSE, others -> loop.execute(() -> dns.client().use(others)));
        }
    }

    private static void require(boolean met, String setting, Object value, String expected) {
        if (!met) {
            throw new InvalidSettingException(SETTINGS + setting, value, expected);
        }
    }

    /**
     * The registry of these settings; empty where they name no servers.
     *
     * @throws InvalidSettingException naming a setting that is none
     */
    public static Optional<Registry> open(DnsConfig config, Network network) {
        var file = config.resolvConf().map(ServersFile::new).orElse(null);
        var servers = DnsServers.of(config);
        return servers.isEmpty() ? Optional.empty() : Optional.of(new DnsRegistry(config, servers, file, network));
    }

    @Override
    public String type() {
        return "dns";
    }

    @Override
    public Watch watch(Discovery service, ServiceSink sink) {
        var name = ServiceName.parse(service.serviceName());
        if (name.isEmpty()) {
            sink.failed("service_name: %s (expected: %s)".formatted(service.serviceName(), ServiceName.EXPECTED));
            return () -> {};
        }
        var followed = new FollowedName(dns, name.get(), sink);
        followed.start();
        return followed;
    }

    /** DNS cannot be asked what there is. */
    @Override
    public Optional<String> dump() {
        return Optional.empty();
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
        dns.loop().submit(dns.client()::close).awaitUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
