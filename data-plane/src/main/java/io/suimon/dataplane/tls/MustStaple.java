package io.suimon.dataplane.tls;

import java.math.BigInteger;
import java.security.cert.X509Certificate;

/** Whether a certificate demands that what its authority thinks of it is shown with it (TLS feature, RFC 7633). */
final class MustStaple {

    private static final String TLS_FEATURE = "1.3.6.1.5.5.7.1.24";
    private static final BigInteger STATUS_REQUEST = BigInteger.valueOf(5);

    private MustStaple() {}

    /** Whether this one does; one whose feature cannot be read does not. */
    static boolean isDemandedBy(X509Certificate certificate) {
        var extension = certificate.getExtensionValue(TLS_FEATURE);
        if (extension == null) {
            return false;
        }
        try {
            for (var feature : Der.read(Der.read(extension).content()).children()) {
                if (feature.tag() == Der.INTEGER && new BigInteger(1, feature.content()).equals(STATUS_REQUEST)) {
                    return true;
                }
            }
        } catch (UnusableException e) {
            // Clients cannot read it either.
        }
        return false;
    }
}
