package io.suimon.dataplane.discovery;

import io.suimon.engine.resource.Upstream.Discovery;
import java.util.Optional;

/**
 * A registry of services: who its servers are is a matter of settings, which services are asked for one of configuration.
 *
 * <p>It remembers nothing for those who ask: what was known before an outage is kept by {@link ServiceSink}s. Thread-safe.
 */
public interface Registry extends AutoCloseable {

    /** What upstreams call it: their {@code discovery_type}. */
    String type();

    /**
     * Follows a service. Never blocks and never throws: what cannot be a service of this registry is a failure told to the sink.
     *
     * @param service of this registry's type
     * @param sink told of what there is as soon as it is known and whenever it changed, on threads of the registry, never by two at
     *     a time
     * @return to be closed when nobody asks for the service any more; the sink may be told once more while it is being closed
     */
    Watch watch(Discovery service, ServiceSink sink);

    /** All that is known, as JSON text for the Control API's dump; empty where a registry of this type shows none. Cheap, but may wait for a lock. */
    Optional<String> dump();

    /** Follows nothing any more, and closes its connections. */
    @Override
    void close();

    /** A service that is followed. */
    interface Watch extends AutoCloseable {

        /** Ends it; never blocks. */
        @Override
        void close();
    }
}
