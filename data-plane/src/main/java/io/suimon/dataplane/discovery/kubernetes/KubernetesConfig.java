package io.suimon.dataplane.discovery.kubernetes;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of Kubernetes as a registry: upstreams with {@code discovery_type} {@code kubernetes}. Off by default. */
@ConfigMapping(prefix = "suimon.discovery.kubernetes")
public interface KubernetesConfig {

    /** Whether there is such a registry. */
    @WithDefault("false")
    boolean enabled();

    /** The cluster whose services there are, where it is only one. Without further settings it is the one this process runs in. */
    Cluster cluster();

    /** Several clusters; then `cluster` is not looked at. */
    List<Cluster> clusters();

    /** How long a server has to accept a connection, to begin an answer, and for all of a list's part. */
    @WithDefault("10s")
    Duration timeout();

    /** How long one watch lasts; a new one goes on where it ended. One that has not ended soon after that is taken for dead. */
    @WithDefault("60s")
    Duration watchTime();

    /** The longest pause after a failure; pauses are random, and grow up to it. */
    @WithDefault("30s")
    Duration maxPause();

    /** One cluster. */
    interface Cluster {

        /** What names of its services begin with in upstreams: `id/namespace/service:port`. Needed where there are several. */
        Optional<String> id();

        /** Where its API server is. */
        Api service();

        /** Who asks. */
        Client client();

        /** Which namespaces count; all of them without. */
        Namespaces namespaceSelector();

        /** Which endpoints count, by their labels, as `kubectl get --selector` has it; all of them without. */
        Optional<String> labelSelector();

        /** The weight of each endpoint. */
        @WithDefault("50")
        int defaultWeight();

        /** Whether slices of endpoints are watched; otherwise endpoints, as clusters before 1.21 need it. */
        @WithDefault("true")
        boolean watchEndpointSlices();
    }

    /** Where an API server is. */
    interface Api {

        /** `https` or `http`. */
        @WithDefault("https")
        String schema();

        /** Its address; without, the environment variable `KUBERNETES_SERVICE_HOST` says it. */
        Optional<String> host();

        /** Its port; without, the environment variable `KUBERNETES_SERVICE_PORT` says it. */
        Optional<Integer> port();

        /** Whether its certificate is verified. */
        @WithDefault("true")
        boolean sslVerify();

        /** A file of the certificates it is verified with, as PEM; without, that of the pod's service account, else those of Java. */
        Optional<Path> ca();
    }

    /** Who asks an API server. */
    interface Client {

        /** The token itself. */
        Optional<String> token();

        /** A file that holds it, read anew for each request; without either, that of the pod's service account. */
        Optional<Path> tokenFile();
    }

    /** Which namespaces count: one of these. */
    interface Namespaces {

        /** This one; its role needs to be no more than of this namespace. */
        Optional<String> equal();

        /** All but this one. */
        Optional<String> notEqual();

        /** Those in whose name one of these regular expressions is found. */
        Optional<List<String>> match();

        /** Those in whose name none of them is found. */
        Optional<List<String>> notMatch();
    }
}
