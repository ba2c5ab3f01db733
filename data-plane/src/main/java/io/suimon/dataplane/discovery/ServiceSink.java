package io.suimon.dataplane.discovery;

import io.suimon.engine.resource.Endpoint;
import java.util.List;

/** Who is told about one service. Level-triggered: each call holds all there is, and may be repeated without harm. Never blocks. */
public interface ServiceSink {

    /**
     * What the service has now.
     *
     * @param endpoints in the registry's order; none when the registry knows the service and it has none, or says there is no such
     *     service
     */
    void found(List<Endpoint> endpoints);

    /**
     * The registry did not say: it is not there, is not itself, or answered what cannot be understood. What was found before counts on.
     *
     * @param reason one line for people, without secrets
     */
    void failed(String reason);
}
