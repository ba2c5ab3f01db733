package io.suimon.engine.plugins.hmacauth;

import io.suimon.engine.plugin.SecretBytes;
import io.suimon.engine.text.WireText;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A consumer's secret, ready to sign with; made once per consumer. Immutable, used by any thread. */
final class SigningKey {

    /** The algorithms as requests name them, and as the JDK does. */
    private static final Map<String, String> ALGORITHMS =
            Map.of("hmac-sha1", "HmacSHA1", "hmac-sha256", "HmacSHA256", "hmac-sha512", "HmacSHA512");

    private final Map<String, SecretKey> byAlgorithm;

    SigningKey(String secret) {
        byte[] bytes = WireText.bytes(WireText.of(secret));
        this.byAlgorithm = ALGORITHMS.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, algorithm -> new SecretKeySpec(bytes, algorithm.getValue())));
    }

    /** Whether this signature was made of this text with the secret; not by an algorithm nobody knows. */
    boolean signed(String text, String algorithm, String signature) {
        var key = byAlgorithm.get(algorithm);
        if (key == null) {
            return false;
        }
        try {
            var mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            byte[] computed = mac.doFinal(WireText.bytes(text));
            return SecretBytes.of(Base64.getEncoder().encode(computed)).matches(WireText.bytes(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + ": every JDK has it", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[]";
    }
}
