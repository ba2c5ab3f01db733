package io.suimon.engine.plugins.jwtauth;

import io.suimon.engine.plugin.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks by computing the signature anew (RFC 7518, 3.2). */
final class HmacCheck implements SignatureCheck {

    private final String algorithm;
    private final Key key;

    /** @param size in bits of the hash, as in the algorithm's name */
    HmacCheck(String size, byte[] secret) {
        this.algorithm = "HmacSHA" + size;
        this.key = new SecretKeySpec(secret, algorithm);
    }

    @Override
    public boolean passes(byte[] signed, byte[] signature) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(key);
            return SecretBytes.of(mac.doFinal(signed)).matches(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + ": every JDK has it", e);
        }
    }
}
