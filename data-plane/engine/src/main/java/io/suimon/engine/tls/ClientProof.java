package io.suimon.engine.tls;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * What a client showed of itself in the handshake.
 *
 * @param certificate null when it showed none, or was not asked
 * @param verdict {@code NONE}, {@code SUCCESS}, or {@code FAILED:} with a reason
 */
public record ClientProof(@Nullable X509Certificate certificate, String verdict) {

    private static final String SUCCESS = "SUCCESS";

    /** No certificate. */
    public static final ClientProof NONE = new ClientProof(null, "NONE");

    /** A certificate that was verified. */
    public static ClientProof verified(X509Certificate certificate) {
        return new ClientProof(certificate, SUCCESS);
    }

    /** A certificate nobody vouches for. */
    public static ClientProof failed(X509Certificate certificate, String reason) {
        return new ClientProof(certificate, "FAILED:" + reason);
    }

    /** Whether it is known who the client is. */
    public boolean isVerified() {
        return verdict.equals(SUCCESS);
    }
}
