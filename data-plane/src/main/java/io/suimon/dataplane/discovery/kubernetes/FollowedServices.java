package io.suimon.dataplane.discovery.kubernetes;

import io.suimon.dataplane.discovery.Registry.Watch;
import io.suimon.dataplane.discovery.ServiceSink;
import io.suimon.engine.resource.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for services of one cluster. They are told by one thread, which reads what there is then: a change in between is told once.
 * Thread-safe.
 */
final class FollowedServices implements AutoCloseable {

    private final EndpointTable table;
    private final int weight;
    private final Map<String, Set<Followed>> byService = new ConcurrentHashMap<>();
    private final ExecutorService teller = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("kubernetes-teller").factory());
    private volatile Standing standing = new Standing(false, null);

    /**
     * How the cluster stands.
     *
     * @param known whether it ever said what there is
     * @param failure why it does not now; null where it does
     */
    private record Standing(boolean known, @Nullable String failure) {}

    /** One who asks. */
    private final class Followed implements Watch {

        private final ServiceName name;
        private final ServiceSink sink;
        private final AtomicBoolean waiting = new AtomicBoolean();
        private @Nullable List<Endpoint> last; // of the thread that tells
        private volatile boolean closed;

        Followed(ServiceName name, ServiceSink sink) {
            this.name = name;
            this.sink = sink;
        }

        void tellSoon(boolean anyway) {
            if (waiting.compareAndSet(false, true) || anyway) {
                try {
                    teller.execute(() -> tell(anyway));
                } catch (RejectedExecutionException e) {
                    // Closed meanwhile: nobody is told any more.
                }
            }
        }

        private void tell(boolean anyway) {
            waiting.set(false);
            var now = standing;
            if (closed) {
                return;
            }
            if (now.known()) {
                var endpoints = table.endpoints(name.service(), name.port(), weight);
                if (last == null || (anyway && now.failure() == null) || !endpoints.equals(last)) {
                    last = endpoints;
                    sink.found(endpoints);
                }
            }
            if (now.failure() != null) {
                sink.failed(now.failure());
            }
        }

        @Override
        public void close() {
            closed = true;
            byService.computeIfPresent(name.service(), (service, followers) -> {
                followers.remove(this);
                return followers.isEmpty() ? null : followers;
            });
        }
    }

    /** @param weight of each endpoint */
    FollowedServices(EndpointTable table, int weight) {
        this.table = table;
        this.weight = weight;
    }

    /** Begins to tell someone of a service. */
    Watch follow(ServiceName name, ServiceSink sink) {
        var followed = new Followed(name, sink);
        byService.compute(name.service(), (service, there) -> {
            var followers = there == null ? ConcurrentHashMap.<Followed>newKeySet() : there;
            followers.add(followed);
            return followers;
        });
        followed.tellSoon(false);
        return followed;
    }

    /** These services may have changed. */
    void changed(Set<String> services) {
        if (standing.known()) {
            services.forEach(
                    service -> byService.getOrDefault(service, Set.of()).forEach(followed -> followed.tellSoon(false)));
        }
    }

    /** What there is is known, and up to date. Whether it was not before. */
    boolean known() {
        var before = standing;
        standing = new Standing(true, null);
        if (before.known() && before.failure() == null) {
            return false;
        }
        tellAll();
        return true;
    }

    /** It cannot be told what there is. Whether it could be before. */
    boolean failed(String reason) {
        var before = standing;
        standing = new Standing(before.known(), reason);
        if (before.failure() != null) {
            return false;
        }
        tellAll();
        return true;
    }

    private void tellAll() {
        byService.values().forEach(followers -> followers.forEach(followed -> followed.tellSoon(true)));
    }

    @Override
    public void close() {
        byService.clear();
        teller.shutdownNow();
    }
}
