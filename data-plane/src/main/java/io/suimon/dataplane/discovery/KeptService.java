package io.suimon.dataplane.discovery;

import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.Upstream.Discovery;
import java.util.List;

/** What is kept of a service on disk. */
record KeptService(Discovery service, Said said) {

    /**
     * What its registry said last.
     *
     * @param millis when, since the epoch
     */
    record Said(List<Endpoint> endpoints, long millis) {

        Said {
            endpoints = List.copyOf(endpoints);
        }
    }
}
