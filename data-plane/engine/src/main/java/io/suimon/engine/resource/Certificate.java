package io.suimon.engine.resource;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Certificates for the names of a server, or one to show to upstreams (an {@code ssls} object).
 *
 * @param snis lower-case, without a trailing dot; empty only for a client certificate
 * @param pairs never empty
 * @param protocols the TLS versions allowed; empty means the listener's
 */
public record Certificate(
        ResourceKey key,
        Description description,
        Type type,
        boolean enabled,
        List<String> snis,
        List<Pair> pairs,
        @Nullable ClientVerification client,
        Set<String> protocols)
        implements Resource {

    /** What the certificate is shown to. */
    public enum Type {
        SERVER,
        CLIENT
    }

    /** A certificate chain and its private key, PEM or a secret reference. */
    public record Pair(String certificate, String privateKey) {

        @Override
        public String toString() {
            return "Pair[***]";
        }
    }

    /**
     * That clients show a certificate.
     *
     * @param ca PEM
     * @param skipUriPatterns regular expressions; a request whose path matches one needs no certificate
     */
    public record ClientVerification(String ca, int depth, List<String> skipUriPatterns) {

        public ClientVerification {
            skipUriPatterns = List.copyOf(skipUriPatterns);
        }
    }

    public Certificate {
        snis = List.copyOf(snis);
        pairs = List.copyOf(pairs);
        protocols = Collections.unmodifiableSet(new LinkedHashSet<>(protocols));
    }
}
