package io.suimon.dataplane.tls;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of whom, to learn whether a certificate is still good (RFC 6960).
 *
 * @param issuer who signed it
 * @param responder as the certificate names it
 */
record StatusQuestion(X509Certificate certificate, X509Certificate issuer, URI responder) {

    private static final String AUTHORITY_INFORMATION = "1.3.6.1.5.5.7.1.1";
    private static final byte[] OCSP = {0x2b, 6, 1, 5, 5, 7, 0x30, 1};
    private static final byte[] SHA_1 = {0x30, 9, 6, 5, 0x2b, 0x0e, 3, 2, 0x1a, 5, 0};
    private static final int URI_NAME = 0x86;

    /** The question for a certificate; null when it names nobody who could be asked. */
    static @Nullable StatusQuestion of(X509Certificate certificate, X509Certificate issuer) throws UnusableException {
        var extension = certificate.getExtensionValue(AUTHORITY_INFORMATION);
        if (extension == null) {
            return null;
        }
        for (var access : Der.read(Der.read(extension).content()).children()) {
            var place = access.child(1);
            if (Arrays.equals(access.child(0).content(), OCSP) && place.tag() == URI_NAME) {
                var responder = responder(new String(place.content(), StandardCharsets.US_ASCII));
                return new StatusQuestion(certificate, issuer, responder);
            }
        }
        return null;
    }

    private static URI responder(String text) throws UnusableException {
        try {
            var uri = new URI(text);
            if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below, like one that is no address of a responder.
        }
        throw new UnusableException("responder: " + text + " (expected: http://host/...)");
    }

    /** As it is sent. */
    byte[] bytes() throws UnusableException {
        var issuerKey = Der.read(issuer.getPublicKey().getEncoded()).child(1);
        var name = issuer.getSubjectX500Principal().getEncoded();
        var id = Der.of(
                Der.SEQUENCE,
                SHA_1,
                Der.of(Der.OCTET_STRING, sha1(name, 0)),
                Der.of(Der.OCTET_STRING, sha1(issuerKey.content(), 1)), // behind the count of unused bits
                Der.of(Der.INTEGER, certificate.getSerialNumber().toByteArray()));
        return Der.of(Der.SEQUENCE, Der.of(Der.SEQUENCE, Der.of(Der.SEQUENCE, Der.of(Der.SEQUENCE, id))));
    }

    private static byte[] sha1(byte[] bytes, int from) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            digest.update(bytes, from, bytes.length - from);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
