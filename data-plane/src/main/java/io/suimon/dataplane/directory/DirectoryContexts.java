package io.suimon.dataplane.directory;

import com.unboundid.util.ssl.TrustAllTrustManager;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS with directories that have to show a certificate of their name, and with those that need not. Immutable. */
final class DirectoryContexts {

    private final SSLSocketFactory verifying;
    private final SSLSocketFactory trusting;

    /** @param trust whose signatures count */
    DirectoryContexts(TrustManagerFactory trust) {
        this.verifying = new NameCheckingSockets(sockets(trust.getTrustManagers()));
        this.trusting = sockets(new TrustManager[] {new TrustAllTrustManager(false)});
    }

    private static SSLSocketFactory sockets(TrustManager[] trust) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS: not there (expected: every Java platform has it)", e);
        }
    }

    SSLSocketFactory of(boolean verify) {
        return verify ? verifying : trusting;
    }
}
