package io.suimon.dataplane.tls;

import io.suimon.engine.resource.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whose signatures on certificates count, of those this node connects to. */
public final class OriginTrust {

    private OriginTrust() {}

    /**
     * Reads them.
     *
     * @throws IOException when they cannot be read; the message is one line for people
     */
    public static TrustManagerFactory of(TlsConfig config) throws IOException {
        return trust(config.upstream().trustedCertificates().orElse(null));
    }

    private static TrustManagerFactory trust(@Nullable Path file) throws IOException {
        try {
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(file == null ? null : store(file));
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IOException("suimon.tls.upstream.trusted-certificates: " + e.getMessage(), e);
        }
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        var certificates = Pem.certificates(Files.readString(file, StandardCharsets.US_ASCII));
        if (certificates.isEmpty()) {
            throw new IOException(
                    "suimon.tls.upstream.trusted-certificates: " + file + " has no certificates (expected: PEM)");
        }
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry(Integer.toString(i), certificates.get(i));
        }
        return store;
    }
}
