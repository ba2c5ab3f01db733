package io.suimon.dataplane.tls;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of TLS with clients and with upstreams. */
@ConfigMapping(prefix = "suimon.tls")
public interface TlsConfig {

    /** Which library encrypts. */
    enum Library {
        AUTO,
        TCNATIVE,
        JDK
    }

    /** Whether HTTPS is listened for. */
    @WithDefault("true")
    boolean enabled();

    /** The port to listen on for HTTPS, on the address of the traffic; 0 is any free one. */
    @WithDefault("9443")
    int port();

    /** {@code tcnative} (BoringSSL), {@code jdk}, or {@code auto}: the first where it loads, else the second. */
    @WithDefault("auto")
    Library library();

    /** The versions spoken where an ssl object does not say. */
    @WithDefault("TLSv1.2,TLSv1.3")
    List<String> protocols();

    /** Ciphers up to TLS 1.2 by the names Java gives them; those of TLS 1.3 are always on. */
    @WithDefault("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,"
            + "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,"
            + "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")
    List<String> ciphers();

    /** The name that a client which sends none is taken to have asked for; without it, its handshake fails. */
    Optional<String> fallbackSni();

    /** For a whole handshake. */
    @WithDefault("PT10S")
    Duration handshakeTimeout();

    /** Handshakes of clients at a time; the connection of one more is closed. */
    @WithDefault("4096")
    int maxHandshakes();

    /** Certificates held ready for handshakes, and as many for upstreams; the one not used for longest is made ready anew when needed. */
    @WithDefault("1024")
    int maxContexts();

    /** Whether TLS 1.2 sessions are handed to clients as tickets, too; those of TLS 1.3 always are. */
    @WithDefault("false")
    boolean sessionTickets();

    /** Sessions remembered for each certificate. */
    @WithDefault("1024")
    int sessionCacheSize();

    /** How long a session can be resumed. */
    @WithDefault("PT10M")
    Duration sessionTimeout();

    Ocsp ocsp();

    /** What clients are shown beside a certificate: that its authority still stands by it (OCSP stapling). */
    interface Ocsp {

        /** Whether it is asked for, of the responder that a certificate names, and shown. The library has to be {@code tcnative}. */
        @WithDefault("false")
        boolean stapling();

        /** For one answer of a responder. */
        @WithDefault("PT5S")
        Duration timeout();

        /** It is asked for anew after this, or halfway to its end where that is sooner. */
        @WithDefault("PT1H")
        Duration refresh();

        /** It is asked for again after this where there was no answer, or none that can be shown; and never sooner. */
        @WithDefault("PT1M")
        Duration retry();
    }

    Upstream upstream();

    /** Upstreams of the scheme {@code https}. */
    interface Upstream {

        /** Whether their certificates are verified, names included. */
        @WithDefault("false")
        boolean verify();

        /** Certificates of those who sign theirs, PEM; the JDK's where it is not said. */
        Optional<Path> trustedCertificates();
    }
}
