package io.suimon.engine.plugins.hmacauth;

import io.suimon.engine.http.HeaderName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The Digest field of a request (RFC 3230), of SHA-256. */
final class BodyDigest {

    static final HeaderName FIELD = HeaderName.of("Digest");

    private static final byte[] EMPTY = {};

    private BodyDigest() {}

    /** Whether a field says what the digest of this body is; null is the empty one. */
    static boolean matches(String field, byte @Nullable [] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body == null ? EMPTY : body);
            return field.equals("SHA-256=" + Base64.getEncoder().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every JDK has it", e);
        }
    }
}
