package io.suimon.dataplane.discovery.eureka;

import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.discovery.ServiceSink;
import io.suimon.dataplane.discovery.http.HostSettings;
import io.suimon.dataplane.discovery.http.RegistryClient;
import io.suimon.dataplane.discovery.http.RegistryDump;
import io.suimon.dataplane.discovery.http.RegistryHost;
import io.suimon.dataplane.discovery.http.RegistryRules;
import io.suimon.dataplane.discovery.http.RegistryServer;
import io.suimon.dataplane.discovery.http.Rounds;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.Upstream.Discovery;
import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Eureka as a registry. It tells all applications at once, so that one virtual thread asks for all services; it sleeps while none is
 * followed. Thread-safe.
 */
public final class EurekaRegistry implements Registry {

    private static final RegistryRules RULES = new RegistryRules("suimon.discovery.eureka.");
    private static final int MAX_ANSWER = 64 << 20;
    private static final int MAX_NAME = 255;

    /** The registry is asked earlier by up to this part of the interval, so that not all nodes ask at once. */
    private static final int JITTER = 10;

    private static final Duration NOBODY_FOLLOWS = Duration.ofDays(1);

    private final HostSettings settings;
    private final RegistryHost host;
    private final RegistryClient client;
    private final Catalogue catalogue;
    private final Rounds rounds;
    private final AtomicBoolean started = new AtomicBoolean();
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private long askedAgain; // of the thread of the rounds, as is whether the catalogue is known
    private boolean isKnown;

    private EurekaRegistry(HostSettings settings, RegistryHost host) {
        this.settings = settings;
        this.host = host;
        this.client = new RegistryClient(host, settings.times().connect(), MAX_ANSWER, 1);
        this.catalogue = new Catalogue(
                settings, client, host.random().nextInt(settings.hosts().size()));
        this.rounds = new Rounds("eureka", this::round, this::failed, host.random());
    }

    /**
     * The registry of these settings; empty where they name no hosts.
     *
     * @throws InvalidSettingException naming a setting that is none
     */
    public static Optional<Registry> open(EurekaConfig config, RegistryHost host) {
        return config.host().map(hosts -> new EurekaRegistry(settings(config, hosts), host));
    }

    private static HostSettings settings(EurekaConfig config, List<String> hosts) {
        var timeout = config.timeout();
        return new HostSettings(
                        RegistryServer.parse(RULES.prefix() + "host", hosts),
                        config.prefix(),
                        config.fetchInterval(),
                        config.weight(),
                        new HostSettings.Times(timeout.connect(), timeout.send(), timeout.read()))
                .checked(RULES);
    }

    @Override
    public String type() {
        return "eureka";
    }

    @Override
    public Watch watch(Discovery service, ServiceSink sink) {
        var name = service.serviceName();
        if (name.isBlank() || name.length() > MAX_NAME) {
            sink.failed("service_name: a name of %d characters (expected: 1..%d)".formatted(name.length(), MAX_NAME));
            return () -> {};
        }
        var follower = new Follower(name.toUpperCase(Locale.ROOT), sink);
        followers.add(follower);
        if (started.compareAndSet(false, true)) {
            rounds.start();
        } else {
            rounds.wake();
        }
        return follower;
    }

    private Duration round() throws IOException, InterruptedException {
        if (followers.isEmpty()) {
            return NOBODY_FOLLOWS;
        }
        if (isKnown && askedAgain - host.nanoTime().getAsLong() > 0) {
            followers.stream().filter(one -> one.known == null).forEach(this::tell);
        } else {
            isKnown = false;
            catalogue.refresh();
            isKnown = true;
            askedAgain = host.nanoTime().getAsLong() + interval();
            followers.forEach(this::tell);
        }
        return Duration.ofNanos(Math.max(
                TimeUnit.MILLISECONDS.toNanos(1), askedAgain - host.nanoTime().getAsLong()));
    }

    private void tell(Follower follower) {
        var endpoints = catalogue.endpoints(follower.application);
        follower.known = endpoints;
        follower.sink.found(endpoints);
    }

    private void failed(String reason) {
        followers.forEach(follower -> follower.sink.failed(reason));
    }

    private long interval() {
        long nanos = settings.fetchInterval().toNanos();
        return nanos - host.random().nextLong(nanos / JITTER + 1);
    }

    @Override
    public Optional<String> dump() {
        var dump = new RegistryDump();
        for (var follower : followers) {
            var known = follower.known;
            if (known != null) {
                dump.add(known, follower.application);
            }
        }
        settings.describe(dump.config());
        return Optional.of(dump.text());
    }

    @Override
    public void close() {
        rounds.close();
        client.close();
    }

    private final class Follower implements Watch {

        private final String application;
        private final ServiceSink sink;
        private volatile @Nullable List<Endpoint> known;

        Follower(String application, ServiceSink sink) {
            this.application = application;
            this.sink = sink;
        }

        @Override
        public void close() {
            followers.remove(this);
        }
    }
}
