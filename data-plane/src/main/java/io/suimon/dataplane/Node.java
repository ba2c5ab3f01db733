package io.suimon.dataplane;

import io.netty.buffer.PooledByteBufAllocator;
import io.suimon.dataplane.accesslog.AccessLog;
import io.suimon.dataplane.cache.CacheCounters;
import io.suimon.dataplane.cache.CacheFolder;
import io.suimon.dataplane.cache.KeptFile;
import io.suimon.dataplane.cache.SnapshotCache;
import io.suimon.dataplane.control.ConfigurationPages;
import io.suimon.dataplane.control.ControlServer;
import io.suimon.dataplane.control.SchemaDocument;
import io.suimon.dataplane.control.StatusServer;
import io.suimon.dataplane.directory.DirectoryClient;
import io.suimon.dataplane.discovery.KeptServices;
import io.suimon.dataplane.discovery.ServiceDiscovery;
import io.suimon.dataplane.health.HealthChecks;
import io.suimon.dataplane.listener.Network;
import io.suimon.dataplane.listener.Ports;
import io.suimon.dataplane.listener.TrafficContext;
import io.suimon.dataplane.listener.TrafficListener;
import io.suimon.dataplane.proxy.ExchangeLog;
import io.suimon.dataplane.sync.ConfigApplier;
import io.suimon.dataplane.sync.ConfigStreamClient;
import io.suimon.dataplane.sync.CurrentRuntime;
import io.suimon.dataplane.sync.NodeActivity;
import io.suimon.dataplane.sync.NodeDescription;
import io.suimon.dataplane.sync.SyncCounters;
import io.suimon.dataplane.telemetry.Exposition;
import io.suimon.dataplane.telemetry.MetricsRegistry;
import io.suimon.dataplane.telemetry.MetricsServer;
import io.suimon.dataplane.telemetry.NodeMetrics;
import io.suimon.dataplane.telemetry.TrafficRecorder;
import io.suimon.dataplane.warmup.WarmUp;
import io.suimon.engine.compile.Compiled;
import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.plugin.WindowCounters;
import io.suimon.engine.resource.ResourceParser;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A node: everything it consists of, started in the order in which the parts need each other and stopped so that no exchange is cut
 * off. Started and closed by one thread.
 */
final class Node implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Node.class);

    /** Whose behaviour a node has: what dashboards made for it expect to read. */
    private static final String COMPATIBLE_VERSION = "3.18.0";

    private final NodeSettings settings;
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final long startedAt = System.nanoTime();
    private final CurrentRuntime current = new CurrentRuntime();
    private final SyncCounters syncCounters = new SyncCounters();
    private final CacheCounters cacheCounters = new CacheCounters();
    private final PluginCatalog catalog = PluginCatalog.load();
    private final TrafficRecorder recorder;
    private final CacheFolder folder;
    private final SnapshotCache cache;
    private final ConfigApplier applier;
    private final Network network;
    private final ServiceDiscovery discovery;
    private final HealthChecks health;
    private final DirectoryClient directories;
    private final @Nullable AccessLog accessLog;
    private final TrafficListener traffic;
    private final ConfigStreamClient client;
    private final StatusServer status;
    private final ControlServer control;
    private final MetricsServer metrics;
    private volatile boolean listening;

    private Node(NodeSettings settings, String version, Vertx vertx) throws IOException {
        this.settings = settings;
        this.recorder = new TrafficRecorder(settings.management().metrics().maxSeries());
        this.folder = CacheFolder.open(settings.configuration().cache().path());
        this.cache = new SnapshotCache(folder, settings.configuration().cache(), cacheCounters);
        this.directories = new DirectoryClient(
                settings.origins().directory(), settings.requests().tls());
        this.network = Network.of(settings.requests().traffic());
        this.discovery = discovery();
        this.applier = new ConfigApplier(
                compile(),
                current,
                cache::offer,
                syncCounters,
                clock,
                settings.configuration().sync());
        this.health = new HealthChecks(
                settings.origins().health(), settings.requests().tls(), network, random, current::runtime, discovery);
        this.accessLog = settings.requests().accessLog().enabled()
                ? AccessLog.open(settings.requests().accessLog())
                : null;
        this.traffic = new TrafficListener(
                Ports.of(settings.requests().traffic(), settings.requests().tls()),
                network,
                settings.requests().traffic(),
                settings.requests().tls(),
                new TrafficContext(
                        current::runtime, accessLog == null ? ExchangeLog.NONE : accessLog, health, discovery));
        this.client = new ConfigStreamClient(
                settings.configuration().sync(),
                describe(version),
                applier,
                current,
                syncCounters,
                this::activity,
                random);
        this.status = new StatusServer(vertx, settings.management().status(), this::missing);
        this.control = new ControlServer(
                vertx,
                settings.management().control(),
                new SchemaDocument(catalog),
                health.directory(),
                new ConfigurationPages(applier.resources(), catalog),
                discovery::dump);
        this.metrics = new MetricsServer(vertx, settings.management().metrics(), new Exposition(metricsRegistry()));
    }

    /**
     * Starts a node.
     *
     * @param version of the software
     * @throws IOException when it cannot be; the message is one line for people
     */
    static Node start(NodeSettings settings, String version, Vertx vertx) throws IOException {
        var node = new Node(settings, version, vertx);
        node.start();
        return node;
    }

    private void start() throws IOException {
        status.start();
        metrics.start();
        control.start();
        cache.load().ifPresent(configuration -> {
            applier.restore(configuration);
            LOG.infof(
                    "running revision %d, %d resources, until a control plane says more",
                    configuration.revision(), configuration.resources().size());
        });
        warmUp();
        traffic.start();
        listening = true;
        client.start();
        LOG.infof("traffic on %s:%d", settings.requests().traffic().host(), traffic.port());
        if (settings.requests().tls().enabled()) {
            LOG.infof("HTTPS on %s:%d", settings.requests().traffic().host(), traffic.tlsPort());
        }
    }

    /** A node that could not be warmed up is slower for half a minute, and carries traffic none the less. */
    private void warmUp() {
        var time = settings.requests().warmUp().time();
        if (time.isZero()) {
            return;
        }
        var compiler = new RuntimeCompiler(new ResourceParser(), catalog, PluginServices.forAdmission());
        try {
            var answered = new WarmUp(
                            settings.requests().traffic(), settings.requests().tls(), compiler)
                    .run(time);
            LOG.infof(
                    "warmed up by %d requests in HTTP/1.1 and %d in HTTP/2, in %d ms",
                    answered.http1(), answered.http2(), time.toMillis());
        } catch (IOException e) {
            LOG.warnf("not warmed up: %s", e.getMessage());
        }
    }

    private ServiceDiscovery discovery() throws IOException {
        var file = KeptFile.of(folder, settings.configuration().cache(), KeptServices.FILE, KeptServices.MAX_BYTES);
        return new ServiceDiscovery(
                settings.origins().discovery(),
                settings.origins().registries().open(network),
                current::runtime,
                clock,
                new KeptServices(file));
    }

    /** Compiles changes, has what takes long worked out before any event loop needs it, and services that they name followed. */
    private BiFunction<Runtime, ConfigChange, Compiled> compile() {
        var compiler = compiler();
        return (before, change) -> {
            var compiled = compiler.apply(before, change);
            for (var put : change.puts()) {
                var former = before.target(put.key());
                var target = compiled.runtime().target(put.key());
                if (former != null && target != null) {
                    target.candidates().prepareAs(former.candidates());
                }
            }
            discovery.prepare(change, compiled.runtime());
            return compiled;
        };
    }

    private RuntimeCompiler compiler() {
        var services = new PluginServices(
                clock,
                System::nanoTime,
                random,
                new WindowCounters(clock, System::nanoTime),
                recorder,
                directories,
                settings.requests().tls().port());
        return new RuntimeCompiler(
                new ResourceParser(),
                catalog,
                services,
                settings.requests().traffic().router());
    }

    private NodeDescription describe(String version) throws IOException {
        return new NodeDescription(
                NodeIdentity.of(settings.node(), folder, random),
                settings.node().labels(),
                version,
                "%s %s:%d"
                        .formatted(
                                NodeIdentity.hostName(),
                                settings.requests().traffic().host(),
                                settings.requests().traffic().port()),
                catalog.entries().stream().map(entry -> entry.plugin().name()).toList());
    }

    private NodeActivity activity() {
        var counts = traffic.counts();
        return new NodeActivity(uptimeSeconds(), counts.active(), counts.requests());
    }

    private long uptimeSeconds() {
        return java.time.Duration.ofNanos(System.nanoTime() - startedAt).toSeconds();
    }

    /** Why this node cannot carry traffic; empty when it can. */
    private String missing() {
        if (!current.loaded()) {
            return "worker id: 0 has not received configuration";
        }
        return listening ? "" : "worker id: 0 is not listening";
    }

    private MetricsRegistry metricsRegistry() {
        var registry = new MetricsRegistry();
        recorder.register(registry);
        new NodeMetrics(new LiveFacts(current, applier, client, traffic::counts), clock)
                .register(registry, NodeIdentity.hostName(), COMPATIBLE_VERSION);
        new LimitMetrics(traffic::counts).register(registry);
        new HealthMetrics(health).register(registry);
        new DiscoveryMetrics(discovery::status).register(registry);
        registry.counter(
                "suimon_dns_failures_total",
                "Lookups of names that no server answered",
                () -> network.names().failures());
        registry.counter(
                "suimon_dns_stale_total",
                "Lookups of names for which addresses known before were used",
                () -> network.names().stale());
        registry.counter(
                "suimon_access_log_lines_total",
                "Lines of the access log that were written",
                () -> accessLog == null ? 0 : accessLog.written());
        registry.counter(
                "suimon_access_log_dropped_total",
                "Lines of the access log that were not written",
                () -> accessLog == null ? 0 : accessLog.dropped());
        registry.counter(
                "suimon_directory_failures_total",
                "Logins on which a directory had nothing to say",
                directories::failed);
        registry.counter(
                "suimon_directory_overloaded_total",
                "Logins refused as too many were under way",
                directories::overloaded);
        new BufferMetrics(PooledByteBufAllocator.DEFAULT).register(registry);
        new SyncMetrics(syncCounters, cacheCounters).register(registry);
        new TlsMetrics(traffic.handshakes(), traffic.originHandshakes()).register(registry);
        new StapleMetrics(traffic::staples).register(registry);
        return registry;
    }

    /** Tells probes that no more traffic is wanted, lets exchanges end, then stops everything. */
    @Override
    public void close() {
        listening = false;
        drain();
        client.close();
        traffic.close();
        health.close();
        directories.close();
        discovery.close();
        if (accessLog != null) {
            accessLog.close();
        }
        control.close();
        metrics.close();
        status.close();
        cache.close();
        try {
            folder.close();
        } catch (IOException e) {
            LOG.warnf("%s: %s", settings.configuration().cache().path(), e.getMessage());
        }
        LOG.info("stopped");
    }

    private void drain() {
        var patience = settings.node().drainTimeout();
        try {
            if (!traffic.drain(patience)) {
                LOG.warnf("connections are cut off: still open after %d ms", patience.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
