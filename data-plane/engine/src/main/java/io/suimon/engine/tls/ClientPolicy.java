package io.suimon.engine.tls;

import io.suimon.engine.regex.BoundedRegex;
import io.suimon.engine.resource.Certificate.ClientVerification;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who may send what without a certificate. Immutable. */
public final class ClientPolicy {

    /** Nobody is asked for one. */
    public static final ClientPolicy OPEN = new ClientPolicy(false, List.of());

    private final boolean asks;
    private final List<BoundedRegex> exempt;

    private ClientPolicy(boolean asks, List<BoundedRegex> exempt) {
        this.asks = asks;
        this.exempt = exempt;
    }

    static ClientPolicy of(@Nullable ClientVerification verification) {
        if (verification == null) {
            return OPEN;
        }
        var exempt = verification.skipUriPatterns().stream()
                .map(ClientPolicy::compile)
                .flatMap(Stream::ofNullable)
                .toList();
        return new ClientPolicy(true, exempt);
    }

    /** An expression that is none matches nothing: people may write such, and it must not open anything. */
    private static @Nullable BoundedRegex compile(String pattern) {
        try {
            return BoundedRegex.compile(pattern);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether clients are asked for a certificate. */
    public boolean asks() {
        return asks;
    }

    /** Whether a client that showed this may send a request for this path. */
    boolean admits(ClientProof proof, String path) {
        if (!asks || proof.isVerified()) {
            return true;
        }
        for (var expression : exempt) {
            if (expression.foundIn(path)) {
                return true;
            }
        }
        return false;
    }
}
