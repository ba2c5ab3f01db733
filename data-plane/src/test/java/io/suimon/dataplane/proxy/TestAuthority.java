package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Signs certificates for a test, by {@code openssl}. */
final class TestAuthority {

    private static final char[] PASSWORD = {};

    /** A certificate with its key, in files and as text. */
    record Signed(Path certificateFile, Path keyFile) {

        String certificate() {
            return read(certificateFile);
        }

        String key() {
            return read(keyFile);
        }

        /** The members of an ssl object. */
        String members() {
            return "\"cert\":" + quoted(certificate()) + ",\"key\":" + quoted(key());
        }
    }

    private final Path folder;
    private final String name;

    private TestAuthority(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** Makes an authority that nobody signed. */
    static TestAuthority in(Path folder, String name) {
        var made = new TestAuthority(folder, name);
        made.openssl(
                key("req -x509 -days 2 -subj /CN=" + name + " -keyout " + name + ".key -out " + name + ".crt", "ec"));
        return made;
    }

    /** Signs an authority. */
    TestAuthority authority(String signed) {
        sign(signed, "ec", "basicConstraints=critical,CA:TRUE");
        return new TestAuthority(folder, signed);
    }

    /** Signs a certificate with an elliptic-curve key for this name. */
    Signed sign(String signed) {
        return sign(signed, "ec", "subjectAltName=DNS:" + signed + ",IP:127.0.0.1");
    }

    /** Signs a certificate with an RSA key. */
    Signed signRsa(String signed) {
        return sign(signed, "rsa", "subjectAltName=DNS:" + signed);
    }

    /** Signs a certificate that names who can be asked about it. */
    Signed signWithResponder(String signed, String responder) {
        return sign(signed, "ec", "subjectAltName=DNS:" + signed + "\nauthorityInfoAccess=OCSP;URI:" + responder);
    }

    /** As {@link #signWithResponder}, with one more extension. */
    Signed signWithResponder(String signed, String responder, String extension) {
        return sign(
                signed,
                "ec",
                "subjectAltName=DNS:" + signed + "\nauthorityInfoAccess=OCSP;URI:" + responder + "\n" + extension);
    }

    private Signed sign(String signed, String algorithm, String extension) {
        var file = signed.replace("*", "any");
        write(file + ".ext", extension);
        openssl(key("req -subj /CN=" + signed + " -keyout " + file + ".key -out " + file + ".csr", algorithm));
        openssl("x509 -req -days 2 -in " + file + ".csr -CA " + name + ".crt -CAkey " + name + ".key -CAcreateserial"
                + " -extfile " + file + ".ext -out " + file + ".crt");
        return new Signed(folder.resolve(file + ".crt"), folder.resolve(file + ".key"));
    }

    private static String key(String command, String algorithm) {
        return command + " -nodes -newkey "
                + (algorithm.equals("ec") ? "ec -pkeyopt ec_paramgen_curve:P-256" : "rsa:2048");
    }

    String certificate() {
        return read(folder.resolve(name + ".crt"));
    }

    Path certificateFile() {
        return folder.resolve(name + ".crt");
    }

    /** What a client needs that trusts this authority and shows these certificates. */
    SSLContext client(Signed... shown) throws IOException, GeneralSecurityException {
        var trusted = store();
        trusted.setCertificateEntry("ca", Pem.certificates(certificate()).getFirst());
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        var keys = store();
        for (var one : shown) {
            keys.setKeyEntry(
                    "key",
                    Pem.privateKey(one.key()).orElseThrow(),
                    PASSWORD,
                    Pem.certificates(one.certificate()).toArray(X509Certificate[]::new));
        }
        var manager = KeyManagerFactory.getInstance("PKIX");
        manager.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(manager.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** What a server needs that this authority signed for {@code up.test}, and that trusts another authority's clients. */
    SSLContext server(TestAuthority trusted) throws IOException, GeneralSecurityException {
        return trusted.client(sign("up.test"));
    }

    private static KeyStore store() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    static String quoted(String text) {
        return "\"" + text.replace("\n", "\\n") + "\"";
    }

    private void openssl(String arguments) {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(Arrays.asList(arguments.split(" ")));
        TestCommands.run(folder, command);
    }

    private void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
