package io.suimon.dataplane.discovery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trust in those alone whose certificates are in a file. */
public final class Authorities {

    private static final int MAX_BYTES = 4 << 20;

    private Authorities() {}

    /**
     * Who believes what they have signed.
     *
     * @param file certificates, as PEM
     * @throws IOException when the file cannot be used; the message names it
     */
    public static X509TrustManager read(Path file) throws IOException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var certificates = certificates(file);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("ca" + i, certificates.get(i));
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (FileSystemException e) {
            throw new IOException("certificates %s: cannot be read".formatted(file), e);
        } catch (GeneralSecurityException e) {
            throw new IOException("certificates %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new GeneralSecurityException("more than " + MAX_BYTES + " bytes");
        }
        var certificates = new ArrayList<X509Certificate>();
        for (var one : CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes))) {
            certificates.add((X509Certificate) one);
        }
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("none in it");
        }
        return certificates;
    }
}
