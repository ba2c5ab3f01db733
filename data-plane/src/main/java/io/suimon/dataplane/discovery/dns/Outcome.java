package io.suimon.dataplane.discovery.dns;

import io.suimon.engine.resource.Endpoint;
import java.util.List;

/** What became of a look for a service. */
sealed interface Outcome {

    /**
     * It has these.
     *
     * @param kind of the records that say so
     * @param ttl for how many seconds
     */
    record Found(List<Endpoint> endpoints, RecordKind kind, long ttl) implements Outcome {

        public Found {
            endpoints = List.copyOf(endpoints);
        }
    }

    /** It has none. */
    record Nothing() implements Outcome {

        static final Nothing INSTANCE = new Nothing();
    }

    /**
     * Nobody said what it has.
     *
     * @param silent whether nobody is there, so that to go on asking is of no use
     */
    record Failed(String reason, boolean silent) implements Outcome {}
}
