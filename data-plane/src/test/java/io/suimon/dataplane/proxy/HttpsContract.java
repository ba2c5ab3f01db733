package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.ResourceKind;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** What clients see on the HTTPS port, whichever library encrypts. */
abstract class HttpsContract {

    private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    private final String library;

    @TempDir
    Path folder;

    private TestAuthority authority;
    private RawOrigin origin;
    private TestGateway gateway;
    private SSLContext client;

    HttpsContract(String library) {
        this.library = library;
    }

    @BeforeEach
    void prepare() throws IOException, GeneralSecurityException {
        authority = TestAuthority.in(folder, "ca");
        client = authority.client();
        origin = RawOrigin.answering(HELLO);
        gateway = new TestGateway().setTls("library", library).route(TestGateway.upstream(origin.port()));
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
        origin.close();
    }

    @ParameterizedTest(name = "asked for {0}: {1}")
    @CsvSource({
        "a.test,   CN=a.test",
        "A.Test,   CN=a.test",
        "x.b.test, CN=*.b.test",
        "y.x.b.test, CN=any",
        "other,    CN=any",
    })
    void theCertificateIsThatOfTheNameAskedFor(String asked, String subject) throws IOException {
        server("1", "a.test", authority.sign("a.test"));
        server("2", "*.b.test", authority.sign("*.b.test"));
        server("3", "*", authority.sign("any"));
        gateway.start();

        try (var connection = connect(asked)) {
            assertThat(connection.subject()).isEqualTo(subject);
            assertThat(connection.get(asked, "/").response()).endsWith("\r\n\r\nhello");
        }
    }

    @ParameterizedTest(name = "asked for \"{0}\"")
    @ValueSource(strings = {"", "b.test", "off.test", "client.test"})
    void aNameWithoutCertificateEndsTheHandshakeWithAnInternalError(String asked) throws IOException {
        server("1", "a.test", authority.sign("a.test"));
        ssl(
                "2",
                "\"sni\":\"off.test\",\"status\":0,"
                        + authority.sign("off.test").members());
        ssl(
                "3",
                "\"sni\":\"client.test\",\"type\":\"client\","
                        + authority.sign("client.test").members());
        gateway.start();

        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> connect(asked.isEmpty() ? null : asked))
                .withMessageContaining("internal_error");
        var reason = asked.isEmpty() ? "no_server_name" : "unknown_server_name";
        await().until(() -> failures(reason) == 1);
    }

    @Test
    void aClientThatNamesNoServerGetsTheOneToFallBackOn() throws Exception {
        server("1", "a.test", authority.sign("a.test"));
        gateway.setTls("fallback-sni", "a.test").start();

        try (var connection = connect(null)) {
            assertThat(connection.subject()).isEqualTo("CN=a.test");
        }
        var other = authority.client(); // knows of no session, whose server name it would repeat
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> TlsClient.connect(other, gateway.tlsPort(), "b.test"));
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256,   Peer signature type: RSA",
        "-tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256, Peer signature type: ECDSA",
        "-tls1_3 -sigalgs rsa_pss_rsae_sha256,          Peer signature type: RSA-PSS",
        "-tls1_3 -sigalgs ecdsa_secp256r1_sha256,       Peer signature type: ECDSA",
    })
    void ofSeveralCertificatesAClientIsShownOneItCanCheck(String options, String signature) throws IOException {
        var rsa = authority.signRsa("a.test").members();
        var ec = authority.sign("a.test");
        ssl(
                "1",
                "\"sni\":\"a.test\"," + rsa + ",\"certs\":[" + TestAuthority.quoted(ec.certificate()) + "],\"keys\":["
                        + TestAuthority.quoted(ec.key()) + "]");
        gateway.start();

        var outcome = openssl(("-servername a.test " + options).split(" "));

        assertThat(outcome.output()).contains(signature);
    }

    @ParameterizedTest(name = "{0} of an object for {1}: {2}")
    @CsvSource({
        "TLSv1.2, \"TLSv1.2\",             true",
        "TLSv1.3, \"TLSv1.2\",             false",
        "TLSv1.2, \"TLSv1.3\",             false",
        "TLSv1.3, \"TLSv1.3\",             true",
        "TLSv1.3, '',                        true",
        "TLSv1.2, '',                        true",
    })
    void anObjectsProtocolsAreThoseSpoken(String spoken, String allowed, boolean works) throws IOException {
        ssl(
                "1",
                "\"sni\":\"a.test\",\"ssl_protocols\":[" + allowed + "],"
                        + authority.sign("a.test").members());
        gateway.start();

        if (works) {
            try (var connection = TlsClient.connect(client, gateway.tlsPort(), "a.test", spoken)) {
                assertThat(connection.socket().getSession().getProtocol()).isEqualTo(spoken);
            }
        } else {
            assertThatExceptionOfType(SSLException.class)
                    .isThrownBy(() -> TlsClient.connect(client, gateway.tlsPort(), "a.test", spoken));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSecondConnectionResumesTheSession(String protocol) throws IOException {
        server("1", "a.test", authority.sign("a.test"));
        gateway.start();
        try (var first = TlsClient.connect(client, gateway.tlsPort(), "a.test", protocol)) {
            assertThat(first.get("a.test", "/").status()).isEqualTo(200);
        }

        try (var second = TlsClient.connect(client, gateway.tlsPort(), "a.test", protocol)) {
            assertThat(second.get("a.test", "/").status()).isEqualTo(200);
        }

        assertThat(gateway.listener().handshakes().resumed()).isEqualTo(1);
        assertThat(gateway.listener().handshakes().full()).isEqualTo(1);
    }

    @Test
    void alpnAgreesOnHttp2() throws Exception {
        server("1", "localhost", authority.sign("localhost"));
        gateway.start();
        var asked = HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.tlsPort() + "/"))
                .build();

        try (var http = HttpClient.newBuilder().sslContext(client).build()) {
            var answer = http.send(asked, HttpResponse.BodyHandlers.discarding());

            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aReplacedCertificateIsForNewConnectionsAndOldOnesLive() throws IOException {
        server("1", "a.test", authority.sign("a.test"));
        gateway.start();
        try (var old = connect("a.test")) {
            assertThat(old.get("a.test", "/").status()).isEqualTo(200);

            gateway.change(
                    ResourceKind.SSL,
                    "1",
                    "{\"sni\":\"a.test\"," + authority.sign("new").members() + "}");

            try (var fresh = connect("a.test")) {
                assertThat(fresh.subject()).isEqualTo("CN=new");
                assertThat(fresh.get("a.test", "/").status()).isEqualTo(200);
            }
            assertThat(old.get("a.test", "/").status()).isEqualTo(200);
        }
    }

    @Test
    void routesAndUpstreamsSeeTheSchemeAndTheHandshake() throws IOException {
        server("1", "a.test", authority.sign("a.test"));
        gateway.resource(
                        ResourceKind.ROUTE,
                        "vars",
                        "{\"uri\":\"/vars\",\"vars\":[[\"scheme\",\"==\",\"https\"],"
                                + "[\"ssl_protocol\",\"==\",\"TLSv1.3\"],[\"ssl_server_name\",\"==\",\"a.test\"],"
                                + "[\"ssl_client_verify\",\"==\",\"NONE\"],[\"ssl_cipher\",\"~~\",\"^TLS_\"]],"
                                + "\"plugins\":{\"redirect\":{\"uri\":\"/seen\",\"ret_code\":307}}}")
                .start();

        try (var connection = connect("a.test")) {
            assertThat(connection.get("a.test", "/vars").status()).isEqualTo(307);
            assertThat(connection.get("a.test", "/").status()).isEqualTo(200);
        }

        assertThat(origin.heads)
                .singleElement()
                .asString()
                .contains("X-Forwarded-Proto: https\r\n", "X-Forwarded-Port: " + gateway.tlsPort() + "\r\n");
    }

    @Test
    void largeBodiesPassBothWays() throws IOException {
        var body = "x".repeat(1 << 20);
        origin.close();
        try (var echo = new RawOrigin(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n"
                    + connection.read(body.length()));
        })) {
            server("1", "a.test", authority.sign("a.test"));
            gateway.change(ResourceKind.ROUTE, "r0", "{\"uri\":\"/*\"," + TestGateway.upstream(echo.port()) + "}");
            gateway.start();

            try (var connection = connect("a.test")) {
                connection.send(
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

                assertThat(connection.response()).endsWith("\r\n\r\n" + body);
            }
        }
    }

    @Test
    void theEndOfAConnectionIsToldByAnAlert() throws IOException {
        server("1", "a.test", authority.sign("a.test"));
        gateway.start();

        try (var connection = connect("a.test")) {
            connection.send("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");

            assertThat(connection.all()).endsWith("\r\n\r\nhello");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
        server("1", "a.test", authority.sign("a.test"));
        gateway.start();

        try (var connection = connect("a.test")) {
            connection.send("GET /1 HTTP/1.1\r\nHost: a.test\r\n\r\nGET /2 HTTP/1.1\r\nHost: a.test\r\n\r\n");

            assertThat(connection.status()).isEqualTo(200);
            assertThat(connection.status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsNoTlsIsClosed() throws IOException {
        server("1", "a.test", authority.sign("a.test"));
        gateway.setTls("fallback-sni", "a.test").start();

        try (var plain = new Socket(InetAddress.getLoopbackAddress(), gateway.tlsPort())) {
            plain.setSoTimeout(TestPatience.MILLIS);
            plain.getOutputStream().write(Wire.bytes("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n"));

            assertThat(Wire.text(plain.getInputStream().readAllBytes())).doesNotContain("HTTP");
        }
        await().until(() -> failures("not_tls") == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16 3 1"})
    void aHandshakeThatDoesNotComeAlongEndsInTime(String bytes) throws IOException {
        server("1", "a.test", authority.sign("a.test"));
        gateway.setTls("handshake-timeout", "PT0.2S").start();

        try (var silent = new RawClient(gateway.tlsPort())) {
            assertThat(silent.answerBeforeTheEnd(bytes.replace("16 3 1", "\u0016\u0003\u0001")))
                    .isEmpty();
        }
        await().until(() -> failures("timeout") == 1);
    }

    @Test
    void aFirstMessageThatIsTooLongEndsTheHandshake() throws IOException {
        server("1", "a.test", authority.sign("a.test"));
        gateway.start();

        try (var endless = new RawClient(gateway.tlsPort())) {
            // A record of four bytes, which begin a ClientHello of 16 KiB and a byte.
            endless.answerBeforeTheEnd("\u0016\u0003\u0001\0\u0004\u0001\0@\u0001");
        }
        await().until(() -> failures("protocol") == 1);
    }

    @Test
    void oneHandshakeMoreThanAllowedIsClosed() throws IOException {
        server("1", "a.test", authority.sign("a.test"));
        gateway.setTls("max-handshakes", "1").start();

        try (var waiting = new Socket(InetAddress.getLoopbackAddress(), gateway.tlsPort())) {
            waiting.getOutputStream().write(22);
            await().until(() -> gateway.listener().handshakes().running() == 1);

            assertThatExceptionOfType(IOException.class).isThrownBy(() -> connect("a.test"));
        }
        await().until(() -> gateway.listener().handshakes().running() == 0);
        connect("a.test").close();
    }

    @Test
    void curlGetsThePageOverEachVersion() {
        server("1", "a.test", authority.sign("a.test"));
        start();

        for (var version : List.of("--tls-max 1.2", "--tlsv1.3")) {
            var outcome = TestCommands.call(folder, curl("a.test", version), "");

            assertThat(outcome).isEqualTo(new TestCommands.Outcome(0, "hello"));
        }
    }

    private long failures(String reason) {
        return gateway.listener().handshakes().failures().getOrDefault(reason, -1L);
    }

    private void start() {
        try {
            gateway.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> curl(String host, String options) {
        var command = "curl -sS --noproxy * --cacert ca.crt --resolve " + host + ":" + gateway.tlsPort() + ":127.0.0.1 "
                + options + " https://" + host + ":" + gateway.tlsPort() + "/";
        return List.of(command.split(" "));
    }

    private TestCommands.Outcome openssl(String... options) {
        var command = new ArrayList<>(
                List.of("openssl", "s_client", "-connect", "127.0.0.1:" + gateway.tlsPort(), "-CAfile", "ca.crt"));
        command.addAll(List.of(options));
        return TestCommands.call(folder, command, "");
    }

    private void server(String id, String sni, TestAuthority.Signed shown) {
        ssl(id, "\"sni\":\"" + sni + "\"," + shown.members());
    }

    private void ssl(String id, String members) {
        gateway.resource(ResourceKind.SSL, id, "{" + members + "}");
    }

    private TlsClient connect(@Nullable String serverName) throws IOException {
        return TlsClient.connect(client, gateway.tlsPort(), serverName);
    }
}
