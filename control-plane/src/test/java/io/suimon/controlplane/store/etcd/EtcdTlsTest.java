package io.suimon.controlplane.store.etcd;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.TestStoreConfig;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** TLS to etcd, with the files etcdctl takes, and while they are exchanged. */
class EtcdTlsTest {

    private static final Duration LONG = TestPatience.LONG;

    @TempDir
    Path folder;

    @BeforeEach
    void makeCertificates() throws Exception {
        new Openssl(folder).authority("ca");
        sign("ca", "server", "pkcs8");
    }

    private void openssl(String... arguments) throws Exception {
        new Openssl(folder).run(arguments);
    }

    /** @param form how the key is written: {@code pkcs8}, {@code pkcs1} or {@code sec1} */
    private void sign(String authority, String name, String form) throws Exception {
        switch (form) {
            case "pkcs1" -> openssl("genrsa", "-traditional", "-out", name + ".key", "2048");
            case "sec1" -> openssl("ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", name + ".key");
            default -> openssl("genpkey", "-algorithm", "RSA", "-out", name + ".key");
        }
        Files.writeString(
                folder.resolve("san"), "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=clientAuth,serverAuth\n");
        openssl("req", "-new", "-key", name + ".key", "-subj", "/CN=" + name, "-out", name + ".csr");
        openssl(("x509 -req -in " + name + ".csr -CA " + authority + ".pem -CAkey " + authority
                        + ".key -CAcreateserial -days 2 -extfile san -out " + name + ".pem")
                .split(" "));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private EtcdServer etcd(String... options) {
        var all = new ArrayList<>(List.of("--cert-file=" + file("server.pem"), "--key-file=" + file("server.key")));
        all.addAll(List.of(options));
        return EtcdServer.startWithTls(folder, all.toArray(String[]::new));
    }

    private static ConfigStore store(EtcdServer etcd, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("etcd.endpoints", etcd.endpoint());
        all.put("etcd.max-pause", "200ms");
        return EtcdConfigStore.open(TestStoreConfig.with(all), new Random(1));
    }

    private static boolean writes(ConfigStore store) {
        return store.commit(List.of(), List.of(new Mutation.Put("routes/1", new byte[1], null))) instanceof Commit.Done;
    }

    private static void untilWritten(ConfigStore store) {
        await().atMost(LONG).until(() -> writes(store));
    }

    @Test
    void etcdIsAuthenticatedByItsAuthority() {
        try (var etcd = etcd();
                var store = store(etcd, Map.of("etcd.tls.ca-file", file("ca.pem")))) {
            untilWritten(store);
        }
    }

    @Test
    void anEtcdOfAnotherAuthorityIsRefused() throws Exception {
        new Openssl(folder).authority("other");
        try (var etcd = etcd();
                var right = store(etcd, Map.of("etcd.tls.ca-file", file("ca.pem")));
                var wrong = store(etcd, Map.of("etcd.tls.ca-file", file("other.pem")))) {
            untilWritten(right);

            var commit = wrong.commit(List.of(), List.of(new Mutation.Delete("routes/1")));

            assertThat(commit)
                    .isInstanceOfSatisfying(
                            Commit.Unavailable.class,
                            unavailable ->
                                    assertThat(unavailable.mayTakeEffect()).isFalse());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkcs8", "pkcs1", "sec1"})
    void aClientShowsItsCertificateWhateverFormItsKeyHas(String form) throws Exception {
        sign("ca", "client", form);
        try (var etcd = etcd("--client-cert-auth", "--trusted-ca-file=" + file("ca.pem"));
                var store = store(etcd, client())) {
            untilWritten(store);
        }
    }

    private Map<String, String> client() {
        return Map.of(
                "etcd.tls.ca-file", file("ca.pem"),
                "etcd.tls.cert-file", file("client.pem"),
                "etcd.tls.key-file", file("client.key"));
    }

    /** The authority itself changes: etcd gets certificates of the new one, and the client's files are exchanged one by one. */
    @Test
    void filesAreExchangedWithoutARestart() throws Exception {
        sign("ca", "client", "sec1");
        try (var etcd = etcd("--client-cert-auth", "--trusted-ca-file=" + file("ca.pem"));
                var store = store(etcd, client())) {
            untilWritten(store);
            new Openssl(folder).authority("new");
            sign("new", "next", "pkcs8");
            etcd.kill();
            sign("new", "server", "pkcs8");
            replace("new.pem", "ca.pem");
            replace("next.pem", "client.pem");
            etcd.relaunch();

            replace("next.key", "client.key");

            untilWritten(store);
        }
    }

    /** etcd knows users by the names in their certificates here, so which one is shown can be seen by what it may do. */
    @Test
    void aNewCertificateIsShownWhileEtcdRunsOn() throws Exception {
        for (var name : List.of("root", "client", "next")) {
            sign("ca", name, "pkcs8");
        }
        try (var etcd = etcd("--client-cert-auth", "--trusted-ca-file=" + file("ca.pem"));
                var store = store(etcd, client())) {
            untilWritten(store);
            asRoot(etcd, "role", "add", "suimon");
            asRoot(etcd, "role", "grant-permission", "suimon", "--prefix=true", "readwrite", "/apisix/");
            user(etcd, "root", "root");
            user(etcd, "client", "suimon");
            user(etcd, "next", "suimon");
            asRoot(etcd, "auth", "enable");
            untilWritten(store);
            asRoot(etcd, "user", "revoke-role", "client", "suimon");
            await().atMost(LONG).until(() -> !writes(store));

            replace("next.pem", "client.pem");
            replace("next.key", "client.key");

            untilWritten(store);
        }
    }

    private void user(EtcdServer etcd, String name, String role) {
        asRoot(etcd, "user", "add", name + ":a-password");
        asRoot(etcd, "user", "grant-role", name, role);
    }

    private void asRoot(EtcdServer etcd, String... arguments) {
        var all = new ArrayList<>(
                List.of("--cacert=" + file("ca.pem"), "--cert=" + file("root.pem"), "--key=" + file("root.key")));
        all.addAll(List.of(arguments));
        etcd.ctl(all.toArray(String[]::new));
    }

    private void replace(String from, String to) throws IOException {
        Files.copy(folder.resolve(from), folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
    }
}
