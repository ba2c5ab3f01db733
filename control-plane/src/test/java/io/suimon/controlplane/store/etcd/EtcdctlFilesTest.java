package io.suimon.controlplane.store.etcd;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.TestStoreConfig;
import io.suimon.process.InvalidSettingException;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The rules for certificates are etcdctl's: with the same files, the one gets in where the other does. */
class EtcdctlFilesTest {

    private static final String USAGE = "extendedKeyUsage=clientAuth,serverAuth\n";
    private static final String HERE = "subjectAltName=IP:127.0.0.1\n" + USAGE;
    private static final String AUTHORITY = "basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n";

    @TempDir
    static Path folder;

    @TempDir
    Path data;

    @BeforeAll
    static void makeFiles() throws Exception {
        new Openssl(folder).authority("ca");
        new Openssl(folder).authority("other");
        signed("middle", "ca", AUTHORITY, "/CN=middle", 2);
        signed("good", "ca", HERE, "/CN=good", 2);
        signed("leaf", "middle", HERE, "/CN=leaf", 2);
        signed("elsewhere", "ca", "subjectAltName=DNS:elsewhere\n" + USAGE, "/CN=elsewhere", 2);
        signed("subject-only", "ca", USAGE, "/CN=127.0.0.1", 2);
        signed("ran-out", "ca", HERE, "/CN=ran-out", -1);
        signed("client-only", "ca", "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=clientAuth\n", "/CN=client", 2);
        signed("server-only", "ca", "extendedKeyUsage=serverAuth\n", "/CN=server", 2);
        signed("foreign", "other", HERE, "/CN=foreign", 2);
        join("bundle.pem", "other.pem", "ca.pem");
        join("chain.pem", "leaf.pem", "middle.pem");
        join("chain.key", "leaf.key");
        join("combined.pem", "good.key", "good.pem");
        join("combined.key", "good.pem", "good.key");
        openssl("x509", "-in", "good.pem", "-text", "-out", "told.pem");
        openssl("pkcs8", "-topk8", "-in", "good.key", "-passout", "pass:secret", "-out", "encrypted.key");
        windows("ca.pem", "ca-crlf.pem");
        windows("good.pem", "crlf.pem");
        windows("good.key", "crlf.key");
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-out", "curve.key");
        request("curve", "/CN=curve", HERE);
        sign("curve", "ca", 2);
    }

    /** With empty columns, etcd asks for no certificate of its client. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // what; etcd's certificate; the client's authorities; its certificate; its key; gets in
        "the right authority,             good,         ca,           ,             ,            true",
        "one of several authorities,      good,         bundle,       ,             ,            true",
        "another authority,               good,         other,        ,             ,            false",
        "a chain,                         chain,        ca,           ,             ,            true",
        "a chain with a gap,              leaf,         ca,           ,             ,            false",
        "the authority in between,        leaf,         middle,       ,             ,            true",
        "the name of another host,        elsewhere,    ca,           ,             ,            false",
        "a name in the subject alone,     subject-only, ca,           ,             ,            false",
        "a certificate that ran out,      ran-out,      ca,           ,             ,            false",
        "a certificate for clients,       client-only,  ca,           ,             ,            false",
        "no client certificate,           good,         ca,           none,         ,            false",
        "a client certificate,            good,         ca,           good,         good,        true",
        "one of another authority,        good,         ca,           foreign,      foreign,     false",
        "a client's chain,                good,         ca,           chain,        leaf,        true",
        "a client's chain with a gap,     good,         ca,           leaf,         leaf,        false",
        "a client's that ran out,         good,         ca,           ran-out,      ran-out,     false",
        "one for servers,                 good,         ca,           server-only,  server-only, false",
        "another one's key,               good,         ca,           good,         ran-out,     false",
        "an encrypted key,                good,         ca,           good,         encrypted,   false",
        "certificate and key in one file, good,         ca,           combined,     combined,    true",
        "text before the certificate,     good,         ca,           told,         good,        true",
        "lines that end as on Windows,    good,         ca-crlf,      crlf,         crlf,        true",
        "parameters before the key,       good,         ca,           curve,        curve,       true",
    })
    void whatEtcdctlTakesIsTakenAndWhatItDoesNotIsNot(
            String what, String server, String authorities, String certificate, String key, boolean getsIn) {
        var options = new ArrayList<>(List.of("--cert-file=" + pem(server), "--key-file=" + key(server)));
        if (certificate != null) {
            options.addAll(List.of("--client-cert-auth", "--trusted-ca-file=" + pem("ca")));
        }
        var patience = getsIn ? "20s" : "1s"; // a busy machine is slow to let in
        boolean shown = certificate != null && !certificate.equals("none");
        try (var etcd = EtcdServer.startWithTls(data, options.toArray(String[]::new))) {
            await().atMost(TestPatience.LONG)
                    .until(() ->
                            ctl(etcd, "--insecure-skip-tls-verify", "--cert=" + pem("good"), "--key=" + key("good")));
            var files = new ArrayList<>(List.of("--cacert=" + pem(authorities)));
            var settings = new HashMap<>(Map.of("etcd.tls.ca-file", pem(authorities), "write-deadline", patience));
            if (shown) {
                files.addAll(List.of("--cert=" + pem(certificate), "--key=" + key(key)));
                settings.put("etcd.tls.cert-file", pem(certificate));
                settings.put("etcd.tls.key-file", key(key));
            }
            files.add("--command-timeout=" + patience);

            assertThat(ctl(etcd, files.toArray(String[]::new))).as("etcdctl").isEqualTo(getsIn);
            assertThat(store(etcd, settings)).as("the store").isEqualTo(getsIn);
        }
    }

    /** Whether etcdctl can read. */
    private static boolean ctl(EtcdServer etcd, String... files) {
        var arguments = new ArrayList<>(List.of(files));
        arguments.addAll(List.of("--dial-timeout=5s", "get", "routes/1"));
        try {
            etcd.ctl(arguments.toArray(String[]::new));
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Whether the store can write. */
    private static boolean store(EtcdServer etcd, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("etcd.endpoints", etcd.endpoint());
        try (var store = EtcdConfigStore.open(TestStoreConfig.with(all), new Random(1))) {
            var commit = store.commit(List.of(), List.of(new Mutation.Put("routes/1", new byte[1], null)));
            return commit instanceof Commit.Done;
        } catch (InvalidSettingException e) {
            return false;
        }
    }

    private static void signed(String name, String by, String extensions, String subject, int days) throws Exception {
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-out", name + ".key");
        request(name, subject, extensions);
        sign(name, by, days);
    }

    private static void request(String name, String subject, String extensions) throws Exception {
        Files.writeString(folder.resolve(name + ".ext"), extensions);
        openssl("req", "-new", "-key", name + ".key", "-subj", subject, "-out", name + ".csr");
    }

    private static void sign(String name, String by, int days) throws Exception {
        openssl(("x509 -req -in " + name + ".csr -CA " + by + ".pem -CAkey " + by + ".key -CAcreateserial -days " + days
                        + " -extfile " + name + ".ext -out " + name + ".pem")
                .split(" "));
    }

    private static void openssl(String... arguments) throws Exception {
        new Openssl(folder).run(arguments);
    }

    private static void join(String to, String... from) throws IOException {
        var text = new StringBuilder();
        for (var file : from) {
            text.append(Files.readString(folder.resolve(file)));
        }
        Files.writeString(folder.resolve(to), text);
    }

    private static void windows(String from, String to) throws IOException {
        Files.writeString(
                folder.resolve(to), Files.readString(folder.resolve(from)).replace("\n", "\r\n"));
    }

    private static String pem(String name) {
        return folder.resolve(name + ".pem").toString();
    }

    private static String key(String name) {
        return folder.resolve(name + ".key").toString();
    }
}
