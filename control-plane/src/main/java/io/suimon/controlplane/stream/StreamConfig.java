package io.suimon.controlplane.stream;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the configuration stream that nodes connect to. */
@ConfigMapping(prefix = "suimon.stream")
public interface StreamConfig {

    /** Address to listen on. Anything but loopback needs a certificate. */
    @WithDefault("127.0.0.1")
    String host();

    /** Port to listen on; 0 means any that is free. */
    @WithDefault("9280")
    int port();

    /** What nodes have to show; without it, who reaches the port (and has a certificate, where asked for one) is let in. */
    Optional<String> joinToken();

    Tls tls();

    /** Streams open at a time; more are refused with RESOURCE_EXHAUSTED. What they cost is in docs/scale.md. */
    @WithDefault("5000")
    int maxNodes();

    /** Size of a message from a node; a larger one ends its stream. */
    @WithDefault("1M")
    MemorySize maxMessageSize();

    /** How long a node may take for its first message. */
    @WithDefault("5s")
    Duration helloTimeout();

    /** How often a node that has everything is told so. */
    @WithDefault("5s")
    Duration heartbeat();

    /** Changed keys remembered for nodes that come back; a node that was away for longer gets a snapshot. */
    @WithDefault("10000")
    int history();

    /** How long a node that has seen a newer revision than this process is left alone before it gets what there is. */
    @WithDefault("10s")
    Duration aheadPatience();

    /** Nodes that are gone and still listed. */
    @WithDefault("100")
    int goneNodes();

    /** Encryption of the stream. */
    interface Tls {

        /** Certificate chain, PEM. */
        Optional<Path> certificate();

        /** Private key of the certificate, PEM (PKCS#8). */
        Optional<Path> key();

        /** Certificates of those who sign node certificates, PEM; with it, a node without certificate is refused. */
        Optional<Path> clientCa();
    }
}
