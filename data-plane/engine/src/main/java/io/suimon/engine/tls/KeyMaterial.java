package io.suimon.engine.tls;

import io.suimon.engine.resource.Certificate;
import io.suimon.engine.resource.Pem;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate chain with its key, read from text.
 *
 * @param chain the certificate itself first; never empty
 */
public record KeyMaterial(List<X509Certificate> chain, PrivateKey privateKey) {

    private static final byte[] SAMPLE = {1, 2, 3, 4};

    /** What became of reading a pair. */
    public sealed interface Reading {

        /** It can be used. */
        record Readable(KeyMaterial material) implements Reading {}

        /** It cannot be used; the reason tells nothing of the key. */
        record Unreadable(String reason) implements Reading {}
    }

    /** Reads a pair. */
    public static Reading read(Certificate.Pair pair) {
        if (isReference(pair.certificate()) || isReference(pair.privateKey())) {
            return new Reading.Unreadable("a reference to a secret that was not resolved (expected: PEM)");
        }
        var chain = Pem.certificates(pair.certificate());
        var key = Pem.privateKey(pair.privateKey());
        if (chain.isEmpty()) {
            return new Reading.Unreadable("no certificate can be read (expected: PEM)");
        }
        if (key.isEmpty()) {
            return new Reading.Unreadable("no private key can be read (expected: PEM without a password)");
        }
        var certificate = chain.getFirst();
        return belongTogether(certificate.getPublicKey(), key.get())
                ? new Reading.Readable(new KeyMaterial(chain, key.get()))
                : new Reading.Unreadable(
                        "key: not that of " + certificate.getSubjectX500Principal() + " (expected: a pair)");
    }

    /** The first fault among pairs, with its place; null when all can be used. */
    public static @Nullable String fault(List<Certificate.Pair> pairs) {
        for (int i = 0; i < pairs.size(); i++) {
            if (read(pairs.get(i)) instanceof Reading.Unreadable(var reason)) {
                return (i == 0 ? "cert, key: " : "certs, keys[" + i + "]: ") + reason;
            }
        }
        return null;
    }

    private static boolean isReference(String text) {
        return text.startsWith("$");
    }

    private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
        if (publicKey instanceof RSAKey one && privateKey instanceof RSAKey other) {
            return one.getModulus().equals(other.getModulus());
        }
        try {
            var algorithm = privateKey.getAlgorithm().equals("EC") ? "SHA256withECDSA" : privateKey.getAlgorithm();
            var signing = Signature.getInstance(algorithm);
            signing.initSign(privateKey);
            signing.update(SAMPLE);
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(publicKey);
            verifying.update(SAMPLE);
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            return false; // of different kinds, or of none that can be used
        }
    }

    @Override
    public String toString() {
        return "KeyMaterial[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
