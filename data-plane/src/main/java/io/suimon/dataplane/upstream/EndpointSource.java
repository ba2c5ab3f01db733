package io.suimon.dataplane.upstream;

import io.netty.util.concurrent.EventExecutor;
import io.suimon.engine.compile.UpstreamTarget;
import org.jspecify.annotations.Nullable;

/** Where event loops get the endpoints of upstreams that name a service from. Asked by any of them; never blocks. */
public interface EndpointSource {

    /** Knows no registries. */
    EndpointSource NONE = new EndpointSource() {
        @Override
        public Discovered of(UpstreamTarget configured, long now) {
            return new Discovered.Nothing("discovery is uninitialized");
        }

        @Override
        public UpstreamTarget current(UpstreamTarget configured) {
            return configured;
        }

        @Override
        public @Nullable Seat await(UpstreamTarget configured, EventExecutor on, Runnable then) {
            return null;
        }
    };

    /**
     * What there is of an upstream that names a service, for a request; that service is followed from now on.
     *
     * @param now on the monotonic clock, in nanoseconds
     */
    Discovered of(UpstreamTarget configured, long now);

    /** An upstream with the endpoints found last; as it is configured where it names no service, or nothing was found yet. */
    UpstreamTarget current(UpstreamTarget configured);

    /**
     * Waits for a service that nothing is known of yet.
     *
     * @param on the event loop of who waits, who asks on it
     * @param then called once, on that loop, unless the seat was left before: something may be known now, or will not be in time
     * @return where it is waited; null where too many do
     */
    @Nullable
    Seat await(UpstreamTarget configured, EventExecutor on, Runnable then);

    /** One of those that wait. Touched on the event loop of who does. */
    interface Seat {

        /** Waits no more: somebody else may. */
        void leave();
    }
}
