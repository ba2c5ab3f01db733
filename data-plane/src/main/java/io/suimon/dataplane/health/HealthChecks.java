package io.suimon.dataplane.health;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.suimon.dataplane.control.HealthDirectory;
import io.suimon.dataplane.listener.Network;
import io.suimon.dataplane.tls.TlsConfig;
import io.suimon.dataplane.upstream.EndpointSource;
import io.suimon.dataplane.upstream.HealthSource;
import io.suimon.dataplane.upstream.LoopTimer;
import io.suimon.dataplane.upstream.NameResolver;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.compile.UpstreamTarget;
import io.suimon.engine.health.EndpointHealth;
import io.suimon.engine.health.UpstreamHealth;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.process.InvalidSettingException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The health of all upstreams that have checks: a checker begins with the first request to its upstream, and ends when the
 * configuration has it no longer.
 *
 * <p>Thread-safe. What changes, changes on an event loop of its own, so that no checking delays a request.
 */
public final class HealthChecks implements HealthSource, AutoCloseable {

    private static final long SWEEP_MILLIS = 1000;

    private final HealthConfig config;
    private final Supplier<Runtime> runtime;
    private final EndpointSource endpoints;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final NameResolver names;
    private final ProbeTls tls;
    private final ProbeLoop probes;
    private final Probing probing;
    private final ProbeClock clock;
    private final HealthChanges changes = new HealthChanges(System::nanoTime);
    private final Map<UpstreamTarget, UpstreamHealth> known = new ConcurrentHashMap<>();
    private final Map<ResourceKey, Checker> checkers = new ConcurrentHashMap<>(); // changed on the loop only
    private final HealthDirectory directory;

    /**
     * @param random where the schedule of probes begins
     * @param runtime what the configuration is now
     * @param endpoints of upstreams that name a service
     */
    public HealthChecks(
            HealthConfig config,
            TlsConfig tls,
            Network network,
            RandomGenerator random,
            Supplier<Runtime> runtime,
            EndpointSource endpoints) {
        requireOne("max-probes", config.maxProbes());
        requireOne("probes-per-connection", config.probesPerConnection());
        this.config = config;
        this.runtime = runtime;
        this.endpoints = endpoints;
        this.group = network.transport().group(1, "health");
        this.loop = group.next();
        this.names = network.resolver(loop);
        this.tls = new ProbeTls(tls, loop, target -> runtime.get().identity(target));
        var timer = new LoopTimer(System::nanoTime);
        var limits = new ProbeLoop.Limits(config.probesPerConnection(), config.maxIdleConnections());
        this.probes = new ProbeLoop(network.transport().connecting(loop), timer, names, this.tls, limits);
        this.probing = new Probing(
                new ProbeSchedule(random.nextInt()),
                new Prober(probes, config.maxProbes()),
                config.probesPerConnection());
        this.clock = new ProbeClock(loop, timer, probing.schedule(), probing.prober());
        this.directory = new HealthStatus(config.enabled(), runtime, endpoints::current, this::nodes);
        var unused = loop.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void requireOne(String setting, int value) {
        if (value < 1) {
            throw new InvalidSettingException("suimon.health." + setting, value, "at least 1");
        }
    }

    @Override
    public @Nullable UpstreamHealth of(UpstreamTarget target) {
        if (!config.enabled() || target.upstream().healthCheck() == null) {
            return null;
        }
        var there = known.get(target);
        return there == null ? known.computeIfAbsent(target, this::begin) : there;
    }

    private UpstreamHealth begin(UpstreamTarget target) {
        var upstream = target.upstream();
        var checks = Objects.requireNonNull(upstream.healthCheck());
        var health = new UpstreamHealth(
                upstream.endpoints(), checks, endpoint -> loop.execute(() -> changed(upstream.key(), endpoint)));
        var there = checkers.get(upstream.key());
        if (there != null && there.checks().equals(checks)) {
            there.show(target, health); // so that not one request goes by less than is known
        }
        loop.execute(() -> adopt(target, health));
        return health;
    }

    private void adopt(UpstreamTarget target, UpstreamHealth health) {
        var key = target.upstream().key();
        var there = checkers.get(key);
        if (!target.equals(current(key))) {
            // A request that began under an older configuration: it sees what is known, and changes nothing.
            if (there != null) {
                there.show(target, health);
            }
            return;
        }
        var checks = Objects.requireNonNull(target.upstream().healthCheck());
        if (there == null || !there.checks().equals(checks)) {
            if (there != null) {
                there.close();
            }
            there = new Checker(key, checks, changes, probing);
            checkers.put(key, there);
        }
        there.moveTo(target, health);
        clock.start();
    }

    private Collection<Watched> nodes(ResourceKey key) {
        var checker = checkers.get(key);
        return checker == null ? List.of() : checker.nodes();
    }

    private void changed(ResourceKey key, EndpointHealth endpoint) {
        var checker = checkers.get(key);
        if (checker != null) {
            checker.changed(endpoint);
        }
    }

    private @Nullable UpstreamTarget current(ResourceKey key) {
        var configured = runtime.get().target(key);
        return configured == null ? null : endpoints.current(configured);
    }

    /** Follows the configuration. */
    private void sweep() {
        checkers.forEach((key, checker) -> {
            var current = current(key);
            if (current == null
                    || current.upstream().healthCheck() == null
                    || current.upstream().endpoints().isEmpty()) {
                checker.close();
                checkers.remove(key);
            } else if (!current.equals(checker.target())) {
                var unused = of(current);
            }
        });
        // Asked of the newest configuration each time: a target that is met now may be of one that came just now.
        known.keySet()
                .removeIf(target -> !target.equals(current(target.upstream().key())));
    }

    /** What is known, for people. */
    public HealthDirectory directory() {
        return directory;
    }

    /** How often a node was found healthy again. */
    public long changesToHealthy() {
        return changes.toHealthy();
    }

    /** How often a node was found unhealthy. */
    public long changesToUnhealthy() {
        return changes.toUnhealthy();
    }

    /** How many probes came to what. */
    public Map<String, Long> probes() {
        return probes.counts().all();
    }

    /** Ends all checks; nobody asks any more. */
    @Override
    public void close() {
        loop.submit(() -> {
                    clock.stop();
                    checkers.values().forEach(Checker::close);
                    checkers.clear();
                })
                .awaitUninterruptibly();
        names.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        tls.close();
    }
}
