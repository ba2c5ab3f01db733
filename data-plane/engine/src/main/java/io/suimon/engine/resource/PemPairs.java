package io.suimon.engine.resource;

import org.jspecify.annotations.Nullable;

/** Judges certificates with their keys in APISIX's words. Whether they belong together is not asked, as there. */
final class PemPairs {

    private static final String NO_CERTIFICATE = "failed to parse cert: PEM_read_bio_X509_AUX() failed";
    private static final String NO_KEY = "failed to parse key: PEM_read_bio_PrivateKey() failed";
    private static final String NOT_DECRYPTED = "failed to decrypt previous encrypted key";
    private static final String PEM_START = "---";

    private PemPairs() {}

    /** What is wrong with a pair; null when nothing is. References to secrets are taken as they are. */
    static @Nullable String fault(String certificate, String privateKey) {
        var fault = certificateFault(certificate);
        if (fault != null || isReference(privateKey)) {
            return fault;
        }
        if (!privateKey.startsWith(PEM_START)) {
            return NOT_DECRYPTED;
        }
        return Pem.privateKey(privateKey).isPresent() ? null : NO_KEY;
    }

    /** What is wrong with a certificate; null when nothing is. */
    static @Nullable String certificateFault(String certificate) {
        return isReference(certificate) || !Pem.certificates(certificate).isEmpty() ? null : NO_CERTIFICATE;
    }

    private static boolean isReference(String text) {
        return text.startsWith("$");
    }
}
