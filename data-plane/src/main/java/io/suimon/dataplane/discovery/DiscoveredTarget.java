package io.suimon.dataplane.discovery;

import io.suimon.dataplane.upstream.Discovered;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.compile.UpstreamTarget;
import io.suimon.engine.resource.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An upstream that names a service, and the same one with the endpoints of that service. Thread-safe. */
final class DiscoveredTarget {

    /**
     * What was made of a list of endpoints.
     *
     * @param of that very list
     */
    private record Made(List<Endpoint> of, Discovered discovered, UpstreamTarget target) {}

    private final UpstreamTarget configured;
    private final FollowedService service;
    private volatile @Nullable Made made;
    private boolean leaving;

    DiscoveredTarget(UpstreamTarget configured, FollowedService service) {
        this.configured = configured;
        this.service = service;
    }

    FollowedService service() {
        return service;
    }

    /** For a request. */
    Discovered of(long now) {
        service.used(now);
        var newest = newest();
        if (newest != null) {
            return newest.discovered;
        }
        var failure = service.failure();
        return failure == null
                ? Discovered.NotYet.INSTANCE
                : new Discovered.Nothing("no valid upstream node: " + service + ": " + failure);
    }

    /** With the endpoints found last; as configured where nothing was found yet. */
    UpstreamTarget current() {
        var newest = newest();
        return newest == null ? configured : newest.target;
    }

    private @Nullable Made newest() {
        var endpoints = service.endpoints();
        if (endpoints == null) {
            return null;
        }
        var known = made;
        return known != null && (isOf(known, endpoints) || isBeingRenewed(known)) ? known : make();
    }

    /** Whether others are working out what takes long, so that event loops do not have to wait for it. */
    private static boolean isBeingRenewed(Made known) {
        return known.target.candidates().isPrepared();
    }

    /** The endpoints changed: makes of them what requests need. Not on their event loops. */
    void renew() {
        if (service.endpoints() != null) {
            var unused = make();
        }
    }

    /** One at a time, so that everybody has the same object. */
    private synchronized @Nullable Made make() {
        var endpoints = service.endpoints();
        var known = made;
        if (endpoints == null || (known != null && isOf(known, endpoints))) {
            return known;
        }
        var target = new UpstreamTarget(configured.upstream().withEndpoints(endpoints));
        if (known != null) {
            target.candidates().prepareAs(known.target.candidates());
        }
        Discovered discovered = endpoints.isEmpty()
                ? new Discovered.Nothing("no valid upstream node: " + service + " has no endpoints")
                : new Discovered.Found(target);
        var next = new Made(endpoints, discovered, target);
        made = next;
        return next;
    }

    @SuppressWarnings("ReferenceEquality") // a list that changed is another one
    private static boolean isOf(Made known, List<Endpoint> endpoints) {
        return known.of == endpoints;
    }

    /**
     * Whether the configuration has it no longer; asked by one thread, again and again. The first time it may be of a configuration
     * that is just being applied.
     */
    boolean hasLeft(Runtime runtime) {
        boolean gone = !configured.equals(runtime.target(configured.upstream().key()));
        boolean again = leaving;
        leaving = gone;
        return gone && again;
    }
}
