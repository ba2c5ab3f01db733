package io.suimon.controlplane.admin;

import io.suimon.process.InvalidSettingException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which files are taken for TLS, and when: the store has no part in it. */
class AdminTlsTest {

    @TempDir
    static Path folder;

    private static TestCertificates certificates;

    @TempDir
    Path store;

    @BeforeAll
    static void makeCertificates() throws IOException, GeneralSecurityException {
        certificates = new TestCertificates(folder).sign("server").sign("client");
        certificates.authority();
        certificates.certificate("server", "server.pem");
        certificates.certificate("client", "client.pem");
        certificates.key("server", "server.key");
        Files.writeString(folder.resolve("rubbish.pem"), "rubbish");
    }

    @ParameterizedTest(name = "certificate {0}, key {1}, client CA {2}: {3}")
    @CsvSource(
            nullValues = "none",
            value = {
                "server.pem,  none,       none,        only one of certificate and key",
                "none,        server.key, none,        only one of certificate and key",
                "none,        none,       ca.pem,      suimon.admin.tls.client-ca",
                "gone.pem,    server.key, none,        suimon.admin.tls.certificate",
                "server.pem,  gone.key,   none,        suimon.admin.tls.key",
                "server.pem,  server.key, gone.pem,    suimon.admin.tls.client-ca",
                "rubbish.pem, server.key, none,        a certificate with its own key",
                "client.pem,  server.key, none,        a certificate with its own key",
                "server.pem,  server.key, rubbish.pem, certificates in PEM",
            })
    void whatCannotBeUsedIsNamedInOneLine(String certificate, String key, String authority, String said) {
        var settings = new HashMap<String, String>();
        settings.put("certificate", certificate);
        settings.put("key", key);
        settings.put("client-ca", authority);
        settings.values().removeIf(value -> value == null);

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> server(settings).close())
                .withMessageContaining(said)
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasLineCount(1));
    }

    @Test
    void aNewCertificateIsShownOnceItsKeyIsThereToo() throws Exception {
        var vertx = Vertx.vertx();
        var certificate = certificates.certificate("server", "rotated.pem");
        var key = certificates.key("server", "rotated.key");
        var identity = new ServerIdentity(certificate, key, vertx);
        certificates.certificate("client", "rotated.pem");

        boolean half = identity.refresh();
        var shownMeanwhile = shown(identity);
        certificates.key("client", "rotated.key");
        boolean whole = identity.refresh();

        assertThat(List.of(half, whole, identity.refresh())).containsExactly(false, true, false);
        assertThat(List.of(shownMeanwhile, shown(identity))).containsExactly("CN=server", "CN=client");
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static String shown(ServerIdentity identity) {
        var alias = Objects.requireNonNull(identity.chooseServerAlias("EC", null, null));
        var chain = Objects.requireNonNull(identity.getCertificateChain(alias));
        return chain[0].getSubjectX500Principal().getName();
    }

    private AdminServer server(Map<String, String> tls) throws InterruptedException {
        var settings = new HashMap<>(Map.of("suimon.store.path", store.toString()));
        tls.forEach((name, file) ->
                settings.put("suimon.admin.tls." + name, folder.resolve(file).toString()));
        return new AdminServer(settings);
    }
}
