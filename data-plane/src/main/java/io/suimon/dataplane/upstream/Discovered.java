package io.suimon.dataplane.upstream;

import io.suimon.engine.compile.UpstreamTarget;

/** What is known of an upstream that names a service. */
public sealed interface Discovered {

    /**
     * Endpoints.
     *
     * @param target the same object for all who ask, until they change; has at least one
     */
    record Found(UpstreamTarget target) implements Discovered {}

    /**
     * There is nobody to ask.
     *
     * @param reason for the log
     */
    record Nothing(String reason) implements Discovered {}

    /** The registry has not said anything yet: {@link EndpointSource#await}. */
    record NotYet() implements Discovered {

        public static final NotYet INSTANCE = new NotYet();
    }
}
