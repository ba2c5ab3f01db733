package io.suimon.dataplane.discovery;

import io.netty.util.concurrent.EventExecutor;
import io.suimon.dataplane.upstream.Discovered;
import io.suimon.dataplane.upstream.EndpointSource;
import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.compile.UpstreamTarget;
import io.suimon.engine.resource.Upstream.Discovery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The services that upstreams name, and what registries said of them last: through any outage of theirs, for unlimited time.
 *
 * <p>A service is followed once the configuration names it, or a request asks for it. Thread-safe; asks registries on its own thread.
 */
public final class ServiceDiscovery implements EndpointSource, AutoCloseable {

    private static final long SWEEP_SECONDS = 5;
    private static final long STOP_SECONDS = 5;

    private final DiscoveryConfig config;
    private final Map<String, Registry> registries = new HashMap<>();
    private final Supplier<Runtime> runtime;
    private final KeptServices kept;
    private final DiscoveryCounts counts = new DiscoveryCounts();
    private final Following following;
    private final Map<UpstreamTarget, DiscoveredTarget> targets = new ConcurrentHashMap<>();
    private final Map<Discovery, FollowedService> services = new ConcurrentHashMap<>();
    private final Map<Discovery, KeptService.Said> before = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor thread;
    private final long beforeUntil;

    /**
     * Begins.
     *
     * @param registries closed with this; one for each type
     * @param runtime what the configuration is now
     * @param kept closed with this
     */
    public ServiceDiscovery(
            DiscoveryConfig config,
            List<Registry> registries,
            Supplier<Runtime> runtime,
            Clock clock,
            KeptServices kept) {
        DiscoveryBounds.check(config);
        this.config = config;
        registries.forEach(registry -> this.registries.put(registry.type(), registry));
        this.runtime = runtime;
        this.kept = kept;
        this.following = new Following(
                new EndpointRules(config.maxEndpoints()),
                clock,
                System::nanoTime,
                new Semaphore(config.maxWaiting()),
                config.patience(),
                counts,
                new StateLines(System::nanoTime),
                kept::changed);
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("suimon-discovery").factory());
        this.beforeUntil = System.nanoTime() + config.forgetAfter().toNanos();
        if (!registries.isEmpty()) {
            before.putAll(kept.read());
            kept.start(this::toKeep);
            var unused = thread.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public Discovered of(UpstreamTarget configured, long now) {
        var there = targets.get(configured);
        if (there == null) {
            there = meet(configured, config.maxServices());
        }
        return there == null ? refusal(service(configured).type()) : there.of(now);
    }

    private Discovered refusal(String type) {
        if (registries.isEmpty()) {
            return new Discovered.Nothing("discovery is uninitialized");
        }
        return new Discovered.Nothing(
                registries.containsKey(type)
                        ? "no valid upstream node: %d services are followed (expected: up to suimon.discovery.max-services, %d)"
                                .formatted(services.size(), config.maxServices())
                        : "discovery " + type + " is uninitialized");
    }

    @Override
    public UpstreamTarget current(UpstreamTarget configured) {
        var there = configured.upstream().discovery() == null ? null : targets.get(configured);
        return there == null ? configured : there.current();
    }

    @Override
    public @Nullable Seat await(UpstreamTarget configured, EventExecutor on, Runnable then) {
        var there = targets.get(configured);
        var seat = there == null ? null : there.service().await(on, then);
        if (seat == null) {
            counts.unanswered.increment();
        }
        return seat;
    }

    private static Discovery service(UpstreamTarget target) {
        return Objects.requireNonNull(target.upstream().discovery());
    }

    /** Follows the service of an upstream; null where that cannot be. */
    private @Nullable DiscoveredTarget meet(UpstreamTarget target, int limit) {
        var service = service(target);
        var registry = registries.get(service.type());
        var followed = registry == null ? null : follow(service, registry, limit);
        return followed == null ? null : targets.computeIfAbsent(target, met -> join(met, followed));
    }

    private static DiscoveredTarget join(UpstreamTarget target, FollowedService followed) {
        var joined = new DiscoveredTarget(target, followed);
        followed.usedBy(joined);
        return joined;
    }

    private @Nullable FollowedService follow(Discovery service, Registry registry, int limit) {
        var there = services.get(service);
        if (there != null || services.size() >= limit) {
            return there;
        }
        var begun = new FollowedService(service, following, before.get(service));
        var other = services.putIfAbsent(service, begun);
        if (other != null) {
            return other;
        }
        before.remove(service);
        thread.execute(() -> begun.begin(registry));
        return begun;
    }

    /** Follows what a change names, before it is asked for: costs as much as the change is large. */
    public void prepare(ConfigChange change, Runtime changed) {
        if (registries.isEmpty()) {
            return;
        }
        for (var put : change.puts()) {
            var target = changed.target(put.key());
            if (target != null && target.upstream().discovery() != null) {
                var unused = meet(target, config.maxServices() / 2);
            }
        }
    }

    /** Follows the configuration, and forgets. */
    private void sweep() {
        var now = runtime.get();
        targets.values().removeIf(target -> {
            boolean over = target.hasLeft(now) || isForgotten(target.service());
            if (over) {
                target.service().leftBy(target);
            }
            return over;
        });
        var needed = new HashSet<FollowedService>();
        targets.values().forEach(target -> needed.add(target.service()));
        long nanos = System.nanoTime();
        services.values().removeIf(service -> {
            boolean forgotten = !needed.contains(service)
                    && service.isUnused(nanos, config.forgetAfter().toNanos());
            if (forgotten) {
                service.end();
                kept.changed();
            }
            return forgotten;
        });
        if (!before.isEmpty() && nanos - beforeUntil > 0) {
            before.clear();
            kept.changed();
        }
    }

    /** A request may have met it while it was being forgotten; the next one follows it anew. */
    private boolean isForgotten(FollowedService service) {
        return !service.equals(services.get(service.service()));
    }

    private Collection<KeptService> toKeep() {
        var all = new ArrayList<KeptService>();
        for (var service : services.values()) {
            var endpoints = service.endpoints();
            if (endpoints != null) {
                all.add(new KeptService(service.service(), new KeptService.Said(endpoints, service.saidMillis())));
            }
        }
        before.forEach((service, said) -> all.add(new KeptService(service, said)));
        return all;
    }

    /** What a registry shows of itself, as JSON; empty where there is none of this type, or it shows nothing. */
    public Optional<String> dump(String type) {
        return Optional.ofNullable(registries.get(type)).flatMap(Registry::dump);
    }

    /** For metrics. */
    public DiscoveryStatus status() {
        return DiscoveryStatus.of(services.values(), counts, kept.failures(), following.clock());
    }

    /** Follows nothing any more. */
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        thread.execute(() -> services.values().forEach(FollowedService::end));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                var unused = thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        registries.values().forEach(Registry::close);
        kept.close();
    }
}
