package io.suimon.controlplane.admin;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the Admin API is reached and what it bears. */
@ConfigMapping(prefix = "suimon.admin")
public interface AdminConfig {

    /** The two APIs of APISIX for configuration. */
    enum Mode {
        /** Every resource by itself, as with etcd. */
        RESOURCES,
        /** One document with everything, as in APISIX's API-driven standalone mode. */
        CONFIGS
    }

    /** How configuration is written: {@code resources} one by one, or all of it as one document ({@code configs}). */
    @WithDefault("resources")
    Mode mode();

    /** The address it listens on. */
    @WithDefault("127.0.0.1")
    String host();

    /** 0 means any free one. */
    @WithDefault("9180")
    int port();

    /** Blocks of addresses that may reach it at all. */
    @WithDefault("127.0.0.0/8,::1")
    List<String> allow();

    /** What it calls itself in answers: some clients ask for the version before they use a feature. {@code APISIX} says none. */
    @WithDefault("APISIX/3.18.0")
    String serverHeader();

    /** The shape of its answers: {@code v3}, or {@code v2} for clients of old. */
    @WithDefault("v3")
    ApiVersion apiVersion();

    /** Whether pages of other origins may use it. */
    @WithDefault("true")
    boolean cors();

    /** Whether there are stream routes; without, every request for one is refused. */
    @WithDefault("true")
    boolean streamRoutes();

    /** How many requests may be under way at once; one more is answered 503. */
    @WithDefault("256")
    int maxRequests();

    /** How many of them may wait until nodes run what they wrote; one more is answered 503, and writes nothing. */
    @WithDefault("64")
    int maxWaiting();

    /** How long a client may take to send a body; a slower one is answered 408. */
    @WithDefault("30s")
    Duration bodyTimeout();

    /** How many bytes of answers may lie in memory until clients have taken them; an answer without room is a 503. */
    @WithDefault("256M")
    MemorySize maxAnswerMemory();

    /** How long a client may take for an answer; its connection is then closed. */
    @WithDefault("2m")
    Duration answerTimeout();

    Tls tls();

    /** Encryption of the Admin API; its port then takes nothing else. */
    interface Tls {

        /** Certificate chain, PEM; a changed file is read again. */
        Optional<Path> certificate();

        /** Private key of the certificate, PEM (PKCS#8). */
        Optional<Path> key();

        /** Certificates of those who sign client certificates, PEM; with it, a client without certificate is refused. */
        Optional<Path> clientCa();
    }
}
