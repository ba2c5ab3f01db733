package io.suimon.dataplane.discovery.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate that signed itself, for 127.0.0.1, by the JDK's own tool. */
final class TestCertificate {

    private static final String PASSWORD = "changeit";

    private final KeyStore store;

    private TestCertificate(KeyStore store) {
        this.store = store;
    }

    static TestCertificate in(Path folder) throws Exception {
        var file = folder.resolve("api.p12");
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "api",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD,
                        "-dname",
                        "CN=api",
                        "-ext",
                        "san=ip:127.0.0.1")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
            throw new IOException(Files.readString(folder.resolve("keytool.log")));
        }
        return new TestCertificate(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
    }

    /** Writes it as PEM. */
    Path writeTo(Path file) throws IOException, GeneralSecurityException {
        var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        var text = encoder.encodeToString(store.getCertificate("api").getEncoded());
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
    }

    SSLContext context() throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
