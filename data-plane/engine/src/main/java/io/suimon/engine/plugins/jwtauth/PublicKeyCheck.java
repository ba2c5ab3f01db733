package io.suimon.engine.plugins.jwtauth;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks by a public key.
 *
 * @param algorithm as the JDK names it
 * @param parameters of the algorithm; null for none
 * @param length of every signature in bytes; one of another length is none, such as one of ECDSA in DER
 */
record PublicKeyCheck(String algorithm, @Nullable AlgorithmParameterSpec parameters, PublicKey key, int length)
        implements SignatureCheck {

    @Override
    public boolean passes(byte[] signed, byte[] signature) {
        if (signature.length != length) {
            return false;
        }
        try {
            var verifying = ready();
            verifying.update(signed);
            return verifying.verify(signature);
        } catch (SignatureException e) {
            return false; // numbers that cannot be those of a signature
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + ": every JDK has it, and the key was tried with it", e);
        }
    }

    private Signature ready() throws GeneralSecurityException {
        var verifying = Signature.getInstance(algorithm);
        if (parameters != null) {
            verifying.setParameter(parameters);
        }
        verifying.initVerify(key);
        return verifying;
    }

    /** This check where the key fits its algorithm, else one that nothing passes. */
    SignatureCheck usable() {
        try {
            ready();
            return this;
        } catch (GeneralSecurityException e) {
            return NONE;
        }
    }
}
