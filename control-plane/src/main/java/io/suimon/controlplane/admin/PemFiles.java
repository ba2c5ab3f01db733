package io.suimon.controlplane.admin;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.net.ssl.X509ExtendedKeyManager;

/** Reads certificates and keys in PEM. */
final class PemFiles {

    private static final byte[] PROBE = {1, 2, 3};

    private PemFiles() {}

    /**
     * A certificate chain with the key of its first.
     *
     * @param bytes of both files, to know them again
     */
    record Pair(byte[] bytes, X509ExtendedKeyManager manager) {

        boolean sameAs(Pair other) {
            return Arrays.equals(bytes, other.bytes);
        }
    }

    /** The pair two files hold; empty when they hold none that fits together. */
    static Optional<Pair> pair(Path certificate, Path key, Vertx vertx) throws IOException {
        var chain = Buffer.buffer(Files.readAllBytes(certificate));
        var secret = Buffer.buffer(Files.readAllBytes(key));
        var options = new PemKeyCertOptions().setCertValue(chain).setKeyValue(secret);
        return manager(options, vertx)
                .filter(PemFiles::fitsTogether)
                .map(manager -> new Pair(chain.copy().appendBuffer(secret).getBytes(), manager));
    }

    /** Whether there are certificates to trust. */
    static boolean isTrustworthy(PemTrustOptions options, Vertx vertx) {
        return parsed(() -> options.getTrustManagerFactory(vertx).getTrustManagers())
                .filter(managers -> managers.length > 0)
                .isPresent();
    }

    private static Optional<X509ExtendedKeyManager> manager(PemKeyCertOptions options, Vertx vertx) {
        return parsed(() -> options.getKeyManagerFactory(vertx).getKeyManagers()).stream()
                .flatMap(Arrays::stream)
                .filter(X509ExtendedKeyManager.class::isInstance)
                .map(X509ExtendedKeyManager.class::cast)
                .findFirst();
    }

    /** Vert.x declares and throws whatever its parsers meet: to us all of it means files that hold nothing of use. */
    private static <T> Optional<T> parsed(Callable<T> files) {
        try {
            return Optional.of(files.call());
        } catch (Exception e) {
            return Optional.empty();
        }
    }

    private static boolean fitsTogether(X509ExtendedKeyManager manager) {
        for (var type : new String[] {"RSA", "EC", "EdDSA"}) {
            var aliases = manager.getServerAliases(type, null);
            if (aliases != null && aliases.length > 0) {
                var chain = manager.getCertificateChain(aliases[0]);
                var key = manager.getPrivateKey(aliases[0]);
                return chain != null && key != null && fits(chain[0].getPublicKey(), key);
            }
        }
        return false;
    }

    private static boolean fits(PublicKey shown, PrivateKey secret) {
        try {
            var algorithm = switch (secret.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> "EdDSA";
            };
            var signer = Signature.getInstance(algorithm);
            signer.initSign(secret);
            signer.update(PROBE);
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(shown);
            verifier.update(PROBE);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
