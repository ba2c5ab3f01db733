package io.suimon.controlplane.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority and what it signed, made by the JDK's keytool as a test needs them. */
public final class TestCertificates {

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path store;

    /** Makes an authority, its name in the certificate and in the names of its files. */
    public TestCertificates(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("certificates.p12");
        keytool("ca", "-ext", "bc:c=ca:true");
    }

    /** The authority's certificate in PEM. */
    public Path authority() throws IOException, GeneralSecurityException {
        return write("ca.pem", "CERTIFICATE", load().getCertificate("ca").getEncoded());
    }

    /** Makes and signs a key; its files then are those of this name. */
    public TestCertificates sign(String name) {
        keytool(name, "-signer", "ca", "-ext", "san=ip:127.0.0.1");
        return this;
    }

    /** A certificate in PEM, under a file name. */
    Path certificate(String name, String file) throws IOException, GeneralSecurityException {
        return write(file, "CERTIFICATE", load().getCertificate(name).getEncoded());
    }

    /** A key in PEM, under a file name. */
    Path key(String name, String file) throws IOException, GeneralSecurityException {
        return write(
                file, "PRIVATE KEY", load().getKey(name, PASSWORD.toCharArray()).getEncoded());
    }

    /** What a client needs that trusts the authority and shows these certificates; none when empty. */
    public SSLContext client(String... names) throws IOException, GeneralSecurityException {
        var all = load();
        var trusted = empty();
        trusted.setCertificateEntry("ca", all.getCertificate("ca"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var shown = empty();
        for (var name : names) {
            shown.setKeyEntry(
                    name,
                    all.getKey(name, PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    all.getCertificateChain(name));
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(shown, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private KeyStore load() throws IOException, GeneralSecurityException {
        var loaded = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(store)) {
            loaded.load(content, PASSWORD.toCharArray());
        }
        return loaded;
    }

    private Path write(String file, String type, byte[] der) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                folder.resolve(file), "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    private void keytool(String alias, String... more) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-validity",
                "1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(more));
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("keytool.log").toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(folder.resolve("keytool.log")));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
