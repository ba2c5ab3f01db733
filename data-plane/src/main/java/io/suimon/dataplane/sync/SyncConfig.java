package io.suimon.dataplane.sync;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the connection to the control plane. */
@ConfigMapping(prefix = "suimon.control-plane")
public interface SyncConfig {

    /** Where control planes listen for nodes, {@code host:port}; one is chosen at random at each attempt, another than just failed. */
    @WithDefault("127.0.0.1:9280")
    List<String> addresses();

    /** What is shown to be let in. */
    Optional<String> joinToken();

    Tls tls();

    /** How long a connection may take to come about. */
    @WithDefault("3s")
    Duration connectTimeout();

    /** A connection that says nothing is given up within this time: two heartbeats of the control plane. */
    @WithDefault("10s")
    Duration silenceTimeout();

    /** The pause after the first failure is at most this long, by chance; the bound doubles with each. */
    @WithDefault("1s")
    Duration backOff();

    /** How far that bound goes. */
    @WithDefault("5s")
    Duration maxBackOff();

    /** How often the control plane is told what this node is doing; more often where it wants to hear something more often. */
    @WithDefault("10s")
    Duration statusInterval();

    /** JSON of one resource; a larger one makes the node refuse the revision. */
    @WithDefault("16M")
    MemorySize maxResourceSize();

    /** JSON of the whole configuration; a larger one makes the node refuse the revision. */
    @WithDefault("512M")
    MemorySize maxConfigurationSize();

    /** Encryption of the connection. Needed for anything but loopback. */
    interface Tls {

        /** Certificates of those who sign the control plane's certificate, PEM. Turns TLS on. */
        Optional<Path> ca();

        /** This node's certificate chain, PEM. */
        Optional<Path> certificate();

        /** Private key of that certificate, PEM (PKCS#8). */
        Optional<Path> key();
    }
}
