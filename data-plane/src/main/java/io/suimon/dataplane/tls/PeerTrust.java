package io.suimon.dataplane.tls;

import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.internal.tcnative.CertificateVerifier;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Vouches for clients that an authority signed, over so many authorities in between.
 *
 * <p>Where some requests need no certificate every handshake succeeds, and each request is judged by {@link #verdict}.
 */
final class PeerTrust extends X509ExtendedTrustManager {

    private static final String CLIENT = "UNKNOWN";

    private final X509TrustManager authorities;
    private final int depth;
    private final boolean lenient;

    private PeerTrust(X509TrustManager authorities, int depth, boolean lenient) {
        this.authorities = authorities;
        this.depth = depth;
        this.lenient = lenient;
    }

    /**
     * Trust in these authorities.
     *
     * @param depth authorities that may stand between one of these and the client
     * @param lenient whether handshakes succeed whatever the client shows
     */
    static PeerTrust of(List<X509Certificate> authorities, int depth, boolean lenient) throws UnusableException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry(Integer.toString(i), authorities.get(i));
            }
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return new PeerTrust((X509TrustManager) factory.getTrustManagers()[0], depth, lenient);
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableException("client.ca: " + e.getMessage(), e);
        }
    }

    /** Whether handshakes succeed whatever the client shows. */
    boolean isLenient() {
        return lenient;
    }

    /** What is wrong with a client's certificate, as nginx puts it; empty when nothing is. */
    String verdict(X509Certificate[] chain) {
        if (!lenient) {
            return ""; // or there would have been no handshake
        }
        try {
            verify(chain);
            return "";
        } catch (CertificateException e) {
            return isExpired(e) ? "certificate has expired" : "unable to get local issuer certificate";
        }
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (lenient) {
            return;
        }
        try {
            verify(chain);
        } catch (CertificateException e) {
            throw new OpenSslCertificateException(
                    e.getMessage(),
                    e,
                    isExpired(e)
                            ? CertificateVerifier.X509_V_ERR_CERT_HAS_EXPIRED
                            : CertificateVerifier.X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
        }
    }

    private void verify(X509Certificate[] chain) throws CertificateException {
        authorities.checkClientTrusted(chain, CLIENT);
        var current = chain[0];
        int between = 0;
        while (!isSignedByAuthority(current)) {
            between++;
            current = between < chain.length ? issuer(current, chain) : null;
            if (current == null || between > depth) {
                throw new CertificateException("more than " + depth + " authorities in between");
            }
        }
    }

    private boolean isSignedByAuthority(X509Certificate certificate) {
        for (var authority : authorities.getAcceptedIssuers()) {
            if (isSignedBy(certificate, authority)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable X509Certificate issuer(X509Certificate certificate, X509Certificate[] chain) {
        for (var other : chain) {
            if (isSignedBy(certificate, other)) {
                return other;
            }
        }
        return null;
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false; // of the same name, but another key
        }
    }

    private static boolean isExpired(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException path
                    && path.getReason() == CertPathValidatorException.BasicReason.EXPIRED) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("clients only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("clients only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("clients only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
