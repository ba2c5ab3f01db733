package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.ResourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
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

/** What clients see that are asked for a certificate, whichever library asks. */
abstract class MutualTlsContract {

    private final String library;

    @TempDir
    Path folder;

    private TestAuthority servers;
    private TestAuthority clients;
    private TestAuthority strangers;
    private RawOrigin origin;
    private TestGateway gateway;

    MutualTlsContract(String library) {
        this.library = library;
    }

    @BeforeEach
    void prepare() throws IOException {
        servers = TestAuthority.in(folder, "servers");
        clients = TestAuthority.in(folder, "clients");
        strangers = TestAuthority.in(folder, "strangers");
        origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        gateway = new TestGateway()
                .setTls("library", library)
                .route(TestGateway.upstream(origin.port()))
                .resource(
                        ResourceKind.SSL,
                        "plain",
                        "{\"sni\":\"plain.test\"," + servers.sign("plain.test").members() + "}");
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
        origin.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientThatTheAuthoritySignedIsLetIn(String protocol) throws Exception {
        strict().start();

        try (var connection = connect(servers.client(clients.sign("jack")), protocol)) {
            assertThat(connection.get("mtls.test", "/").status()).isEqualTo(200);
        }
    }

    @Test
    void routesSeeWhoTheClientIs() throws Exception {
        strict().resource(
                        ResourceKind.ROUTE,
                        "who",
                        "{\"uri\":\"/who\",\"vars\":[[\"ssl_client_s_dn\",\"==\",\"CN=jack\"],[\"ssl_client_verify\",\"==\","
                                + "\"SUCCESS\"],[\"ssl_client_i_dn\",\"==\",\"CN=clients\"]],"
                                + "\"plugins\":{\"redirect\":{\"uri\":\"/seen\",\"ret_code\":307}}}")
                .start();

        try (var connection = connect(servers.client(clients.sign("jack")))) {
            assertThat(connection.get("mtls.test", "/who").status()).isEqualTo(307);
        }
        try (var connection = connect(servers.client(clients.sign("jill")))) {
            assertThat(connection.get("mtls.test", "/who").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, false", "TLSv1.3, false", "TLSv1.2, true", "TLSv1.3, true"})
    void aClientWithoutACertificateOrWithAStrangersIsRefused(String protocol, boolean strange) throws Exception {
        strict().start();
        var client = strange ? servers.client(strangers.sign("eve")) : servers.client();

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
            // With TLS 1.3 a client learns of it when it reads.
            try (var connection = connect(client, protocol)) {
                connection.get("mtls.test", "/").status();
            }
        });
        await().until(() -> gateway.listener().handshakes().failures().getOrDefault("client_certificate", 0L) == 1);
        assertThat(origin.heads).isEmpty();
    }

    /** Told by TLS 1.3; to clients of earlier versions it is one word for all. */
    @Test
    void aClientWithoutACertificateIsToldWhy() throws Exception {
        strict().start();

        try (var connection = connect(servers.client(), "TLSv1.3")) {
            assertThatExceptionOfType(SSLException.class)
                    .isThrownBy(connection::all)
                    .withMessageContaining("certificate_required");
        }
    }

    /** Java's client shows no certificate whose authority was not asked for; this one shows what it is told to. */
    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aClientWithAStrangersCertificateIsToldWhy(String version) throws Exception {
        strict().start();

        var outcome = openssl("-servername mtls.test " + version + shown(strangers.sign("eve")), "/");

        assertThat(outcome.output())
                .contains(library.equals("jdk") ? "alert certificate unknown" : "alert unknown ca")
                .doesNotContain("HTTP/1.1 ");
        await().until(() -> gateway.listener().handshakes().failures().getOrDefault("client_certificate", 0L) == 1);
        assertThat(origin.heads).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1_2, /,     400",
        "-tls1_3, /,     400",
        "-tls1_2, /open, 200",
        "-tls1_3, /open, 200",
    })
    void aStrangersCertificateOpensNoMoreThanNone(String version, String path, int expected) throws Exception {
        lenient().start();

        var outcome = openssl("-servername mtls.test " + version + shown(strangers.sign("eve")), path);

        assertThat(outcome.output()).contains("HTTP/1.1 " + expected + " ");
        assertThat(origin.heads).hasSize(expected == 200 ? 1 : 0);
    }

    private static String shown(TestAuthority.Signed certificate) {
        return " -cert " + certificate.certificateFile() + " -key " + certificate.keyFile();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "1, 0, false", "1, 1, true", "2, 1, false", "2, 2, true"})
    void asManyAuthoritiesMayStandBetweenAsTheDepthSays(int between, int depth, boolean works) throws Exception {
        ssl("\"client\":{\"ca\":" + TestAuthority.quoted(clients.certificate()) + ",\"depth\":" + depth + "}");
        gateway.start();
        var signer = clients;
        var chain = new StringBuilder();
        for (int i = 0; i < between; i++) {
            signer = signer.authority("between-" + i);
            chain.insert(0, signer.certificate());
        }
        var leaf = signer.sign("jack");
        Files.writeString(leaf.certificateFile(), leaf.certificate() + chain);

        int status = status(servers.client(leaf), "mtls.test", "/");

        assertThat(status).isEqualTo(works ? 200 : 0);
    }

    @ParameterizedTest(name = "{0} with certificate {1}: {2}")
    @CsvSource({
        "/open,        none,     200",
        "/open/x?y=/,  none,     200",
        "/,            none,     400",
        "/?x=/open,    none,     400", // the query is not the path
        "/%6Fpen,      none,     200", // what is matched is what routes match
        "/,            strange,  400",
        "/open,        strange,  200",
        "/,            good,     200",
    })
    void somePathsNeedNoCertificate(String path, String shown, int expected) throws Exception {
        lenient().start();
        var client = switch (shown) {
            case "none" -> servers.client();
            case "strange" -> servers.client(strangers.sign("eve"));
            default -> servers.client(clients.sign("jack"));
        };

        int status = status(client, "mtls.test", path);

        assertThat(status).isEqualTo(expected);
        assertThat(origin.heads).hasSize(expected == 200 ? 1 : 0);
    }

    @Test
    void aRefusedRequestLeavesTheConnectionToOthers() throws Exception {
        lenient().start();

        try (var connection = connect(servers.client())) {
            assertThat(connection.get("mtls.test", "/").response())
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("\r\nServer: APISIX/3.18.0\r\n", "<title>400 Bad Request</title>");
            assertThat(connection.get("mtls.test", "/open").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest(name = "asked for {0}, Host {1}: {2}")
    @CsvSource({
        "plain.test, mtls.test,  400",
        "plain.test, MTLS.test:9443, 400",
        "plain.test, plain.test, 200",
        "plain.test, other.test, 200",
        "mtls.test,  mtls.test,  200",
        "mtls.test,  plain.test, 200",
        "mtls.test,  other.test, 200",
    })
    void aHostThatAsksForCertificatesHasToBeTheOneAskedFor(String asked, String host, int expected) throws Exception {
        strict().start();

        int status;
        try (var connection = TlsClient.connect(servers.client(clients.sign("jack")), gateway.tlsPort(), asked)) {
            status = connection.get(host, "/").status();
        }

        assertThat(status).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "https://mtls.test/,     plain.test, 400",
        "http://MTLS.test:9443/, plain.test, 400",
        "https://plain.test/,    mtls.test,  200",
        "/,                      mtls.test., 400",
    })
    void theHostThatCountsIsTheOneOfTheTarget(String target, String host, int expected) throws Exception {
        strict().start();

        int status;
        try (var connection = TlsClient.connect(servers.client(), gateway.tlsPort(), "plain.test")) {
            connection.send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            status = connection.status();
        }

        assertThat(status).isEqualTo(expected);
    }

    @Test
    void theHostThatCountsIsThatOfTheStream() throws Exception {
        strict().start();
        try (var socket = TlsClient.overHttp2(servers.client(), gateway.tlsPort(), "plain.test");
                var client = FrameClient.greeting(socket)) {

            client.headers(1, true, ":method", "GET", ":scheme", "https", ":authority", "mtls.test", ":path", "/");
            client.headers(3, true, ":method", "GET", ":scheme", "https", ":authority", "plain.test", ":path", "/");
            var answers = client.responses(1, 3);

            assertThat(answers[0]).startsWith(":status: 400\n");
            assertThat(answers[1]).startsWith(":status: 200\n");
            assertThat(origin.heads).hasSize(1);
        }
    }

    @Test
    void aHostThatAsksForCertificatesIsServedOverPlainHttp() throws IOException {
        strict().start();

        try (var client = gateway.client()) {
            assertThat(client.send("GET / HTTP/1.0\r\nHost: mtls.test\r\n\r\n").all())
                    .contains(" 200 OK");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aSessionIsNotResumedUnderAnotherObject(String version) throws Exception {
        strict().start();
        var stranger = servers.client();
        try (var connection = TlsClient.connect(stranger, gateway.tlsPort(), "plain.test")) {
            assertThat(connection.get("plain.test", "/").status()).isEqualTo(200);
        }

        var session = folder.resolve("session").toString();
        openssl("-servername plain.test " + version + " -sess_out " + session);
        var same = openssl("-servername plain.test " + version + " -sess_in " + session);
        long resumed = gateway.listener().handshakes().resumed();
        openssl("-servername plain.test " + version + " -sess_out " + session);
        var outcome = openssl("-servername mtls.test " + version + " -sess_in " + session);

        assertThat(same.output()).contains("Reused, ");
        assertThat(outcome.output()).doesNotContain("Reused, ");
        assertThat(gateway.listener().handshakes().resumed()).isEqualTo(resumed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aResumedSessionRemembersTheClient(String protocol) throws Exception {
        lenient().start();
        var client = servers.client(clients.sign("jack"));
        for (int i = 0; i < 2; i++) {
            try (var connection = connect(client, protocol)) {
                assertThat(connection.get("mtls.test", "/").status()).isEqualTo(200);
            }
        }

        assertThat(gateway.listener().handshakes().resumed()).isEqualTo(1);
    }

    @Test
    void anotherAuthorityCountsFromTheNextHandshakeOn() throws Exception {
        strict().start();
        var jack = servers.client(clients.sign("jack"));
        try (var old = connect(jack)) {
            assertThat(old.get("mtls.test", "/").status()).isEqualTo(200);

            gateway.change(ResourceKind.SSL, "mtls", object(strangers.certificate(), ""));

            assertThat(old.get("mtls.test", "/").status()).isEqualTo(200);
        }
        assertThat(status(jack, "mtls.test", "/")).isZero();
        assertThat(status(servers.client(strangers.sign("eve")), "mtls.test", "/"))
                .isEqualTo(200);
    }

    private TestCommands.Outcome openssl(String options) {
        return openssl(options, "/");
    }

    private TestCommands.Outcome openssl(String options, String path) {
        var command =
                "openssl s_client -connect 127.0.0.1:" + gateway.tlsPort() + " -CAfile servers.crt -ign_eof " + options;
        // It says goodbye when it was answered: a ticket of TLS 1.3 comes with that.
        return TestCommands.call(
                folder, List.of(command.split(" ")), "GET " + path + " HTTP/1.0\r\nHost: plain.test\r\n\r\n");
    }

    private TestGateway strict() {
        return ssl("\"client\":" + verification(clients.certificate(), ""));
    }

    private TestGateway lenient() {
        return ssl("\"client\":" + verification(clients.certificate(), ",\"skip_mtls_uri_regex\":[\"^/open\"]"));
    }

    private TestGateway ssl(String client) {
        return gateway.resource(
                ResourceKind.SSL,
                "mtls",
                "{\"sni\":\"mtls.test\"," + servers.sign("mtls.test").members() + "," + client + "}");
    }

    private String object(String authority, String more) {
        return "{\"sni\":\"mtls.test\"," + servers.sign("mtls.test").members() + ",\"client\":"
                + verification(authority, more) + "}";
    }

    private static String verification(String authority, String more) {
        return "{\"ca\":" + TestAuthority.quoted(authority) + more + "}";
    }

    private TlsClient connect(SSLContext client, String... protocols) throws IOException {
        return TlsClient.connect(client, gateway.tlsPort(), "mtls.test", protocols);
    }

    /** 0 when there is no answer. */
    private int status(SSLContext client, String host, String path) throws GeneralSecurityException {
        try (var connection = connect(client)) {
            return connection.get(host, path).status();
        } catch (IOException e) {
            return 0;
        }
    }
}
