package io.suimon.dataplane.telemetry;

import io.suimon.engine.resource.ResourceKind;
import java.time.Instant;
import java.util.Map;

/** What a node knows of itself when metrics are scraped. Called on a worker thread; quick, and never throws. */
public interface NodeFacts {

    /**
     * Connections and requests of clients.
     *
     * @param accepted connections since the start
     * @param active connections now
     * @param running requests now
     * @param requests since the start
     */
    record Traffic(long accepted, long active, long running, long requests) {}

    /**
     * The configuration the node runs.
     *
     * @param connected whether the control plane's stream is open
     * @param revision 0 for none
     * @param appliedAt when the node began to run it
     * @param rejected resources that are not at their newest form
     * @param newest for each kind the node has, the newest revision at which one of it was written
     */
    record Configuration(
            boolean connected, long revision, Instant appliedAt, int rejected, Map<ResourceKind, Long> newest) {

        public Configuration {
            newest = Map.copyOf(newest);
        }
    }

    Traffic traffic();

    Configuration configuration();
}
