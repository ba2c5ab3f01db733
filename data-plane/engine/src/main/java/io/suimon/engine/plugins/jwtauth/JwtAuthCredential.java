package io.suimon.engine.plugins.jwtauth;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A consumer's key, and what its tokens are verified with.
 *
 * @param key what tokens name the consumer by
 * @param secret of the algorithms that have one; null for the others
 * @param base64Secret whether the secret is the Base64 of the real one
 * @param publicKey of the other algorithms, in PEM
 * @param exp seconds; says how long tokens lived when there was an endpoint that made them
 * @param lifetimeGracePeriod seconds by which clocks may differ
 */
public record JwtAuthCredential(
        String key,
        @Nullable String secret,
        String algorithm,
        boolean base64Secret,
        @Nullable String publicKey,
        long exp,
        long lifetimeGracePeriod) {

    public JwtAuthCredential {
        if (!algorithm.startsWith("HS")) {
            if (publicKey == null) {
                throw new IllegalArgumentException("missing valid public key");
            }
        } else if (secret == null) {
            throw new IllegalArgumentException("property \"secret\" is required when using HS based algorithms");
        } else if (base64Secret && !isBase64(secret)) {
            throw new IllegalArgumentException("base64_secret required but the secret is not in base64 format");
        }
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException e) {
            return text.startsWith("$"); // a reference: what it stands for is not known here
        }
    }

    @Override
    public String toString() {
        return "JwtAuthCredential[key=" + key + ", algorithm=" + algorithm + "]";
    }
}
