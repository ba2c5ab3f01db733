package io.suimon.dataplane.discovery.nacos;

import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.discovery.ServiceSink;
import io.suimon.dataplane.discovery.http.Followers;
import io.suimon.dataplane.discovery.http.RegistryClient;
import io.suimon.dataplane.discovery.http.RegistryClient.Question;
import io.suimon.dataplane.discovery.http.RegistryDump;
import io.suimon.dataplane.discovery.http.RegistryHost;
import io.suimon.dataplane.discovery.http.RegistryServer;
import io.suimon.dataplane.discovery.http.ServerTurn;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.Upstream.Discovery;
import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nacos as a registry, by its HTTP API of version 1. Thread-safe; each service that is followed has a virtual thread. */
public final class NacosRegistry implements Registry {

    private static final int MAX_ANSWER = 16 << 20;
    private static final int MAX_REQUESTS = 32;
    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;

    /** Services are asked for earlier by up to this part of the interval, so that they are not asked for all at once. */
    private static final int JITTER = 10;

    private final NacosSettings settings;
    private final RegistryHost host;
    private final RegistryClient client;
    private final Sessions sessions;
    private final Followers followers;
    private final InstancesAnswer reading;

    private NacosRegistry(NacosSettings settings, RegistryHost host) {
        this.settings = settings;
        this.host = host;
        this.client = new RegistryClient(host, settings.host().times().connect(), MAX_ANSWER, MAX_REQUESTS);
        this.sessions = new Sessions(client, settings.host(), host.nanoTime());
        this.followers = new Followers(host.random());
        this.reading = new InstancesAnswer(settings.host().weight());
    }

    /**
     * The registry of these settings; empty where they name no hosts.
     *
     * @throws InvalidSettingException naming a setting that is none
     */
    public static Optional<Registry> open(NacosConfig config, RegistryHost host) {
        return config.host().map(hosts -> new NacosRegistry(NacosSettings.of(config, hosts), host));
    }

    @Override
    public String type() {
        return "nacos";
    }

    @Override
    public Watch watch(Discovery service, ServiceSink sink) {
        var named = NacosService.of(service);
        if (named.isEmpty()) {
            sink.failed("service_name: no name, or one too long (expected: 1..%d characters with namespace and group)"
                    .formatted(NacosService.MAX_NAME));
            return () -> {};
        }
        var turn = new ServerTurn(
                settings.host().hosts(),
                host.random().nextInt(settings.host().hosts().size()));
        return followers.follow(
                service, sink, () -> new Followers.Answer(turn.ask(server -> ask(server, named.get())), interval()));
    }

    private List<Endpoint> ask(RegistryServer server, NacosService service) throws IOException, InterruptedException {
        var path = settings.host().prefix() + "ns/instance/list?" + service.parameters()
                + sessions.parameter(server)
                + settings.signer()
                        .map(signer -> signer.parameters(service, host.clock().millis()))
                        .orElse("");
        var answer = client.ask(
                server, Question.get(path, Map.of()), settings.host().times().answer());
        if (answer.status() == FORBIDDEN || answer.status() == UNAUTHORIZED) {
            sessions.forget(server);
        }
        return reading.of(answer, service.metadata());
    }

    private Duration interval() {
        long millis = settings.host().fetchInterval().toMillis();
        return Duration.ofMillis(millis - host.random().nextLong(millis / JITTER + 1));
    }

    @Override
    public Optional<String> dump() {
        var dump = new RegistryDump();
        followers.forEachKnown((service, endpoints) -> NacosService.of(service)
                .ifPresent(named -> dump.add(endpoints, named.namespace(), named.group(), named.name())));
        settings.host().describe(dump.config());
        return Optional.of(dump.text());
    }

    @Override
    public void close() {
        followers.close();
        client.close();
    }
}
