package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.Pem;
import io.suimon.engine.resource.ResourceKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What {@code openssl s_client -status} is shown beside a certificate, with answers that {@code openssl ocsp} gives. */
class OcspStaplingTest {

    private static final String GOOD = "Cert Status: good";
    private static final String NONE = "OCSP response: no response sent";

    @TempDir
    Path folder;

    private TestAuthority authority;
    private OcspResponder responder;
    private TestAuthority.Signed shown;
    private TestGateway gateway;

    @BeforeEach
    void prepare() throws IOException {
        authority = TestAuthority.in(folder, "ca");
        responder = new OcspResponder(folder);
        shown = authority.signWithResponder("a.test", responder.uri());
        responder.thinks("V", shown);
        gateway = new TestGateway()
                .setTls("library", "tcnative")
                .setTls("ocsp.stapling", "true")
                .setTls("ocsp.retry", "PT0.2S")
                .setTls("ocsp.refresh", "PT0.2S");
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
        responder.close();
    }

    private void start() throws IOException {
        ssl(shown.certificate() + authority.certificate());
        gateway.start();
    }

    private void ssl(String chain) {
        gateway.resource(
                ResourceKind.SSL,
                "1",
                "{\"sni\":\"a.test\",\"cert\":" + TestAuthority.quoted(chain) + ",\"key\":"
                        + TestAuthority.quoted(shown.key()) + "}");
    }

    private String status(String... options) {
        var command = "openssl s_client -connect 127.0.0.1:" + gateway.tlsPort()
                + " -servername a.test -CAfile ca.crt -status " + String.join(" ", options);
        return TestCommands.call(folder, List.of(command.strip().split(" ")), "")
                .output();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aClientThatAsksIsShownThatTheCertificateIsGood(String version) throws IOException {
        start();

        await().untilAsserted(() -> assertThat(status(version)).contains(GOOD, "Verify return code: 0 (ok)"));
    }

    @Test
    void handshakesDoNotWaitForTheResponder() throws IOException {
        responder.says("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
        start();

        assertThat(status()).contains(NONE, "Verify return code: 0 (ok)");
    }

    @Test
    void theFirstHandshakeWaitsForWhatACertificateDemands() throws IOException {
        shown = authority.signWithResponder("a.test", responder.uri(), "tlsfeature=status_request");
        responder.thinks("V", shown);
        gateway.setTls("ocsp.timeout", "PT8S"); // below that of a handshake
        start();

        assertThat(status()).contains(GOOD, "Verify return code: 0 (ok)");
    }

    @Test
    void itWaitsNoLongerThanTheResponderMayTake() throws IOException {
        shown = authority.signWithResponder("a.test", responder.uri(), "tlsfeature=status_request");
        responder.says("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
        gateway.setTls("ocsp.timeout", "PT0.3S");
        start();

        assertThat(status()).contains(NONE, "Verify return code: 0 (ok)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tlsfeature=status_request_v2",
                "1.3.6.1.5.5.7.1.24=DER:04:00",
                "1.3.6.1.5.5.7.1.24=DER:30:84:FF:FF:FF:FF",
            })
    void noHandshakeWaitsForWhatNoClientDemands(String extension) throws IOException {
        shown = authority.signWithResponder("a.test", responder.uri(), extension);
        responder.says("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
        gateway.setTls("ocsp.timeout", "PT60S"); // no handshake has as long
        start();

        assertThat(status()).contains(NONE, "Verify return code: 0 (ok)");
    }

    @Test
    void whatIsShownIsReportedByCertificate() throws IOException {
        start();
        await().untilAsserted(() -> assertThat(status()).contains(GOOD));

        var report = gateway.staples();

        assertThat(report.answers()).isPositive();
        assertThat(report.missing()).isZero();
        assertThat(report.worst()).singleElement().satisfies(one -> {
            assertThat(one.subject()).isEqualTo("CN=a.test");
            assertThat(one.serial())
                    .isEqualTo(Pem.certificates(shown.certificate())
                            .getFirst()
                            .getSerialNumber()
                            .toString(16));
            assertThat(one.ageSeconds()).isNotNegative();
        });
    }

    @Test
    void whatIsMissingIsReportedByCertificate() throws IOException {
        responder.isOutOfOrder();
        start();
        status();

        await().until(() -> gateway.staples().failures() > 1);

        assertThat(gateway.staples().answers()).isZero();
        assertThat(gateway.staples().missing()).isEqualTo(1);
        assertThat(gateway.staples().worst()).singleElement().satisfies(one -> {
            assertThat(one.ageSeconds()).isNegative();
            assertThat(one.failures()).isGreaterThan(1);
        });
    }

    @Test
    void theLastAnswerIsShownWhileTheResponderIsOutOfOrder() throws IOException {
        start();
        await().untilAsserted(() -> assertThat(status()).contains(GOOD));

        int before = responder.isOutOfOrder().asked.get();
        await().until(() -> responder.asked.get() > before + 1);

        assertThat(status()).contains(GOOD);
    }

    @Test
    void anAnswerIsNotShownBehindItsEnd() throws IOException {
        gateway.setTls("ocsp.refresh", "PT2S");
        responder.saysNoEnd(); // and so is good for twice the refresh
        start();
        await().untilAsserted(() -> assertThat(status()).contains(GOOD));

        responder.isOutOfOrder();

        await().untilAsserted(() -> assertThat(status()).contains(NONE));
    }

    @Test
    void aResponderThatRecoversIsHeard() throws IOException {
        responder.isOutOfOrder();
        start();
        await().until(() -> {
            status();
            return responder.asked.get() > 1;
        });

        responder.says("");

        await().untilAsserted(() -> assertThat(status()).contains(GOOD));
    }

    @Test
    void aRevokedCertificateIsShownWithoutAnAnswer() throws IOException {
        responder.thinks("R", shown);

        assertNothingIsShown();
    }

    @Test
    void anAnswerOfSomebodyElseIsNotShown() throws IOException {
        TestAuthority.in(folder, "mallory");
        responder.signedBy("mallory");

        assertNothingIsShown();
    }

    @Test
    void anAnswerAboutAnotherCertificateIsNotShown() throws IOException {
        var other = authority.signWithResponder("b.test", responder.uri());
        responder.thinks("V", other); // and so knows nothing of this one

        assertNothingIsShown();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n0\3\n\1\1", // "malformed request"
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n0\204\377\377\377",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n0\200",
                "HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                "no HTTP\r\n\r\n",
            })
    void whatIsNoAnswerIsNotShown(String said) throws IOException {
        gateway.setTls("ocsp.timeout", "PT0.3S");
        responder.says(said);

        assertNothingIsShown();
    }

    private void assertNothingIsShown() throws IOException {
        start();
        await().until(() -> {
            status();
            return responder.asked.get() > 2;
        });

        assertThat(status()).contains(NONE, "Verify return code: 0 (ok)");
    }

    @Test
    void nobodyIsAskedWhereThatIsNotSet() throws IOException {
        gateway.setTls("ocsp.stapling", "false");
        start();

        assertThat(status()).contains(NONE);
        assertThat(responder.asked).hasValue(0);
    }

    @Test
    void nobodyIsAskedAboutACertificateWithoutThatOfItsIssuer() throws IOException {
        ssl(shown.certificate());
        gateway.start();

        assertThat(status()).contains(NONE);
        assertThat(responder.asked).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1:1/", "ldap://127.0.0.1/", "file:///etc/passwd"})
    void onlyRespondersOfHttpAreAsked(String uri) throws IOException {
        shown = authority.signWithResponder("a.test", uri);
        start();

        assertThat(status()).contains(NONE, "Verify return code: 0 (ok)");
    }

    @Test
    void theJdkServesWithout() throws IOException {
        gateway.setTls("library", "jdk");
        start();

        assertThat(status()).contains(NONE, "Verify return code: 0 (ok)");
        assertThat(responder.asked).hasValue(0);
    }
}
