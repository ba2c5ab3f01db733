package io.suimon.dataplane.discovery;

import io.netty.util.concurrent.EventExecutor;
import io.suimon.dataplane.upstream.EndpointSource;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.Upstream.Discovery;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A service and what its registry said of it last, however long ago. Thread-safe: many read, the registry writes, one thread begins
 * and ends it.
 */
final class FollowedService implements ServiceSink {

    private static final int MAX_REASON = 300;

    /** Being used is noted this often: a note for every request would be shared by all event loops. */
    private static final long NOTE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Discovery service;
    private final Following following;
    private final WaitingRoom room;
    private final Set<DiscoveredTarget> users = ConcurrentHashMap.newKeySet();
    private volatile @Nullable List<Endpoint> endpoints;
    private volatile @Nullable String failure;
    private volatile long saidMillis;
    private volatile long usedNanos;
    private Registry.@Nullable Watch watch;
    private boolean ended;

    /** @param before what is known from before this node was started; null for nothing */
    FollowedService(Discovery service, Following following, KeptService.@Nullable Said before) {
        this.service = service;
        this.following = following;
        this.room = following.room();
        this.endpoints = before == null ? null : following.rules().usable(before.endpoints());
        this.saidMillis = before == null ? following.clock().millis() : before.millis();
        this.usedNanos = following.nanoTime().getAsLong();
    }

    Discovery service() {
        return service;
    }

    /** What is known, the same object until it changes; null while that is nothing. */
    @Nullable
    List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Why the registry does not say what there is; null where it does, or has not been heard of yet. */
    @Nullable
    String failure() {
        return failure;
    }

    /** When the registry said it last, in milliseconds since the epoch; when it was first asked, where it never did. */
    long saidMillis() {
        return saidMillis;
    }

    /** A request asked for it. */
    void used(long now) {
        if (now - usedNanos > NOTE_NANOS) {
            usedNanos = now;
        }
    }

    /** Whether no request asked for it for so long. */
    boolean isUnused(long now, long nanos) {
        return now - usedNanos > nanos;
    }

    /** This upstream has the endpoints of this service, and is told when they change. */
    void usedBy(DiscoveredTarget target) {
        users.add(target);
    }

    /** It has them no more. */
    void leftBy(DiscoveredTarget target) {
        users.remove(target);
    }

    /** Waits for the first word, on the event loop that calls; null where there is no room. */
    EndpointSource.@Nullable Seat await(EventExecutor on, Runnable then) {
        var seat = room.enter(on, then);
        if (seat != null && (endpoints != null || failure != null)) {
            room.call(); // it came in between
        }
        return seat;
    }

    /** Asks the registry. */
    @SuppressWarnings("IllegalCatch") // the only place that calls a registry: what it throws is a defect of one service
    void begin(Registry registry) {
        if (ended) {
            return;
        }
        try {
            watch = registry.watch(service, this);
        } catch (RuntimeException e) {
            failed("defect: " + e);
        }
    }

    /** Asks no more. */
    void end() {
        ended = true;
        if (watch != null) {
            watch.close();
        }
        room.call();
    }

    @Override
    public void found(List<Endpoint> said) {
        var usable = following.rules().usable(said);
        var before = endpoints;
        boolean silent = failure != null;
        saidMillis = following.clock().millis();
        if (!usable.equals(before)) {
            endpoints = usable;
            users.forEach(DiscoveredTarget::renew);
            following.changed();
        }
        failure = null;
        log(before, usable, silent, said.size() - usable.size());
        room.call();
    }

    private void log(@Nullable List<Endpoint> before, List<Endpoint> now, boolean wasSilent, int leftOut) {
        var lines = following.lines();
        if (leftOut > 0 && !now.equals(before)) {
            following.counts().leftOut.add(leftOut);
            lines.warn("%s: %d endpoints left out (expected: a host and a port each, none twice, %d at most)"
                    .formatted(this, leftOut, following.rules().most()));
        }
        if (now.isEmpty() && (before == null || !before.isEmpty())) {
            lines.warn(this + " has no endpoints");
        } else if (wasSilent || (before != null && before.isEmpty() && !now.isEmpty())) {
            lines.say("%s has %d endpoints".formatted(this, now.size()));
        }
    }

    @Override
    public void failed(String reason) {
        following.counts().failures.increment();
        var text = oneLine(reason);
        boolean first = failure == null;
        failure = text;
        if (first) {
            var known = endpoints;
            following
                    .lines()
                    .warn("%s: its registry does not say what it has, %s: %s"
                            .formatted(
                                    this,
                                    known == null
                                            ? "nothing is known"
                                            : known.size() + " endpoints known before are used",
                                    text));
        }
        room.call();
    }

    private static String oneLine(String text) {
        var line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "…";
    }

    @Override
    public String toString() {
        return "service " + oneLine(service.serviceName()) + " of " + service.type();
    }
}
