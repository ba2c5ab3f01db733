package io.suimon.dataplane.discovery.kubernetes;

import io.suimon.dataplane.discovery.Authorities;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates of API servers are believed.
 *
 * @param verified false believes all
 * @param authorities a file of those that sign them; null for those of Java
 */
record ApiTrust(boolean verified, @Nullable Path authorities) {

    /** @throws IOException when the file cannot be used */
    SSLContext context() throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("certificates %s: %s".formatted(authorities, e.getMessage()), e);
        }
    }

    private TrustManager @Nullable [] managers() throws IOException {
        if (!verified) {
            return new TrustManager[] {new Everybody()};
        }
        if (authorities == null) {
            return null;
        }
        return new TrustManager[] {Authorities.read(authorities)};
    }

    /** Believes everybody, whatever their name: the extended kind leaves names to it. */
    private static final class Everybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
