package io.suimon.dataplane.discovery.consul;

import io.suimon.dataplane.discovery.Registry.Watch;
import io.suimon.dataplane.discovery.ServiceSink;
import io.suimon.dataplane.discovery.http.Followers;
import io.suimon.dataplane.discovery.http.RegistryClient;
import io.suimon.dataplane.discovery.http.RegistryDump;
import io.suimon.dataplane.discovery.http.RegistryHost;
import io.suimon.dataplane.discovery.http.RegistryServer;
import io.suimon.engine.resource.Upstream.Discovery;
import java.util.List;

/** What a registry in Consul asks with, and who asks. Thread-safe. */
final class ConsulConnection implements AutoCloseable {

    private static final int MAX_ANSWER = 16 << 20;

    private final ConsulSettings settings;
    private final RegistryClient client;
    private final Followers followers;
    private final BlockingQuery.Registry registry;

    ConsulConnection(ConsulSettings settings, RegistryHost host) {
        this.settings = settings;
        this.client = new RegistryClient(host, settings.times().connect(), MAX_ANSWER, BlockingQuery.MAX_WAITING);
        this.followers = new Followers(host.random());
        this.registry = new BlockingQuery.Registry(settings, client, followers, host);
    }

    BlockingQuery query(List<RegistryServer> servers, String path, BlockingQuery.Reading reading) {
        return new BlockingQuery(registry, servers, path, reading);
    }

    Watch follow(Discovery service, ServiceSink sink, BlockingQuery query) {
        return followers.follow(service, sink, query);
    }

    Followers followers() {
        return followers;
    }

    /** Adds the settings to a dump, but for the token. */
    void describe(RegistryDump dump) {
        var config = dump.config();
        config.set("servers", RegistryDump.texts(settings.servers()));
        config.put("keepalive", settings.keepalive());
        config.set("fetch_interval", RegistryDump.seconds(settings.fetchInterval()));
        config.put("weight", settings.weight());
        config.put("sort_type", settings.order().text());
        config.putObject("timeout")
                .put("connect", settings.times().connect().toMillis())
                .put("read", settings.times().read().toMillis())
                .set("wait", RegistryDump.seconds(settings.times().waiting()));
        var other = settings.defaultEndpoint();
        if (other != null) {
            config.putObject("default_service").put("host", other.host()).put("port", other.port());
        }
    }

    @Override
    public void close() {
        followers.close();
        client.close();
    }
}
