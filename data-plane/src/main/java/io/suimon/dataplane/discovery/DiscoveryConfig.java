package io.suimon.dataplane.discovery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of service discovery, whichever registry it is. */
@ConfigMapping(prefix = "suimon.discovery")
public interface DiscoveryConfig {

    /** How long a request waits for the first answer about a service nothing is known of; 0 not at all. */
    @WithDefault("2s")
    Duration patience();

    /** Requests that wait so at a time, of all services; one more is answered 503. */
    @WithDefault("1000")
    int maxWaiting();

    /** Services followed at a time. Those the configuration names are followed before they are asked for, up to half as many. */
    @WithDefault("10000")
    int maxServices();

    /** Endpoints used of one service, the first ones it has; the others are left out. */
    @WithDefault("1000")
    int maxEndpoints();

    /** A service that no upstream names any more and no request asked for is followed for so long. */
    @WithDefault("10m")
    Duration forgetAfter();

    /**
     * A file of the certificates, as PEM, that servers of Consul, Nacos and Eureka are verified with where they are asked over HTTPS, read
     * at the start; without, those of Java. Kubernetes has its own.
     */
    Optional<Path> ca();
}
