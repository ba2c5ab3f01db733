package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.ResourceKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What upstreams of the scheme {@code https} see, whichever library encrypts. */
abstract class UpstreamTlsContract {

    private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    private final String library;
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private TestAuthority authority;
    private TestAuthority clients;
    private RawOrigin origin;
    private TestGateway gateway;

    UpstreamTlsContract(String library) {
        this.library = library;
    }

    @BeforeEach
    void prepare() throws Exception {
        authority = TestAuthority.in(folder, "ca");
        clients = TestAuthority.in(folder, "clients");
        origin = origin(connection -> {
            note((SSLSocket) connection.socket);
            while (!connection.head().isEmpty()) {
                connection.send(HELLO);
            }
        });
        gateway = new TestGateway().setTls("library", library);
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
        origin.close();
    }

    @ParameterizedTest(name = "{0} with Host {1}: {2}")
    @CsvSource({
        "'\"pass_host\":\"pass\"',                                     client.test,      client.test",
        "'\"pass_host\":\"pass\"',                                     Client.Test:8080, client.test",
        "'\"pass_host\":\"pass\"',                                     127.0.0.1:8080,   ''",
        "'\"pass_host\":\"pass\"',                                     [::1]:8080,       ''",
        "'\"pass_host\":\"node\"',                                     client.test,      ''",
        "'\"pass_host\":\"rewrite\",\"upstream_host\":\"up.test\"',    client.test,      up.test",
        "'\"pass_host\":\"rewrite\",\"upstream_host\":\"up.test:81\"', client.test,      up.test",
    })
    void theServerAskedForIsTheHostThatIsSent(String passHost, String host, String expected) throws IOException {
        gateway.route(upstream(origin, passHost)).start();

        var answer = get(host);

        assertThat(answer).endsWith("hello");
        assertThat(seen).containsExactly(expected + "|");
    }

    @Test
    void aNodesNameIsAskedFor() throws IOException {
        gateway.route("\"upstream\":{\"scheme\":\"https\",\"pass_host\":\"node\",\"nodes\":{\"localhost:"
                        + origin.port() + "\":1}}")
                .start();

        assertThat(get("client.test")).endsWith("hello");
        assertThat(seen).containsExactly("localhost|");
    }

    @Test
    void aCertificateWrittenInTheUpstreamIsShown() throws IOException {
        var jack = clients.sign("jack");
        gateway.route(upstream(
                        origin,
                        "\"tls\":{\"client_cert\":" + TestAuthority.quoted(jack.certificate()) + ",\"client_key\":"
                                + TestAuthority.quoted(jack.key()) + "}"))
                .start();

        assertThat(get("a.test")).endsWith("hello");
        assertThat(seen).containsExactly("a.test|CN=jack");
    }

    @Test
    void aCertificateNamedByTheUpstreamIsShownInItsPresentForm() throws IOException {
        gateway.resource(ResourceKind.SSL, "c", client("jack"))
                .route(upstream(origin, "\"tls\":{\"client_cert_id\":\"c\"}"))
                .start();
        assertThat(get("a.test")).endsWith("hello");
        assertThat(get("a.test")).endsWith("hello");

        gateway.change(ResourceKind.SSL, "c", client("jill"));

        assertThat(get("a.test")).endsWith("hello");
        assertThat(seen).containsExactly("a.test|CN=jack", "a.test|CN=jill");
    }

    @Test
    void aCertificateThatCannotBeUsedIs503() throws IOException {
        var jack = clients.sign("jack");
        var jill = clients.sign("jill");
        gateway.route(upstream(
                        origin,
                        "\"tls\":{\"client_cert\":" + TestAuthority.quoted(jack.certificate()) + ",\"client_key\":"
                                + TestAuthority.quoted(jill.key()) + "}"))
                .start();

        assertThat(get("a.test")).startsWith("HTTP/1.1 503 ");
        assertThat(get("a.test")).startsWith("HTTP/1.1 503 ");
        assertThat(seen).isEmpty();
    }

    @Test
    void connectionsAreKeptForTheServerTheyWereMadeFor() throws IOException {
        gateway.route(upstream(origin, "\"retries\":0")).start();

        for (var host : List.of("a.test", "b.test", "a.test", "b.test", "a.test")) {
            assertThat(get(host)).endsWith("hello");
        }

        assertThat(seen).containsExactly("a.test|", "b.test|");
    }

    @Test
    void aConnectionForAnotherServerMakesRoom() throws IOException {
        gateway.set("upstream.max-connections", "1")
                .route(upstream(origin, "\"retries\":0"))
                .start();

        for (var host : List.of("a.test", "b.test", "a.test")) {
            assertThat(get(host)).endsWith("hello");
        }

        assertThat(seen).containsExactly("a.test|", "b.test|", "a.test|");
    }

    @ParameterizedTest(name = "Host {0} with trust in {1}: {2}")
    @CsvSource({"up.test, ca.crt, 200", "other.test, ca.crt, 502", "up.test, clients.crt, 502", "up.test, none, 200"})
    void upstreamsAreVerifiedWhereThatIsSet(String host, String trusted, int expected) throws IOException {
        if (!trusted.equals("none")) {
            gateway.setTls("upstream.verify", "true")
                    .setTls(
                            "upstream.trusted-certificates",
                            folder.resolve(trusted).toString());
        }
        gateway.route(upstream(origin, "\"retries\":0,\"tls\":{\"verify\":false}"))
                .start();

        assertThat(get(host)).startsWith("HTTP/1.1 " + expected + " ");

        var failures = gateway.listener().originHandshakes().failures();
        assertThat(failures.get("untrusted")).isEqualTo(expected == 200 ? 0 : 1);
    }

    @Test
    void whatIsNoTlsIsTriedElsewhere() throws IOException {
        try (var plain = new RawOrigin(connection -> connection.send(HELLO))) {
            gateway.route("\"upstream\":{\"scheme\":\"https\",\"nodes\":[{\"host\":\"127.0.0.1\",\"port\":"
                            + plain.port()
                            + ",\"weight\":1,\"priority\":1},{\"host\":\"127.0.0.1\",\"port\":" + origin.port()
                            + ",\"weight\":1}]}")
                    .start();

            assertThat(gateway.exchange("POST / HTTP/1.0\r\nHost: a.test\r\nContent-Length: 0\r\n\r\n"))
                    .endsWith("hello");
        }
    }

    @Test
    void anOriginThatDoesNotShakeHandsIs504() throws IOException {
        try (var silent = new RawOrigin(connection -> connection.until("never"))) {
            gateway.route(upstream(silent, "\"retries\":0,\"timeout\":{\"connect\":0.2,\"send\":1,\"read\":1}"))
                    .start();

            assertThat(get("a.test")).startsWith("HTTP/1.1 504 ");
        }
    }

    @Test
    void largeBodiesPassBothWays() throws Exception {
        var body = "y".repeat(1 << 20);
        try (var echo = origin(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n"
                    + connection.read(body.length()));
        })) {
            gateway.route(upstream(echo, "\"retries\":0")).start();

            var answer = gateway.exchange("POST / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body);

            assertThat(answer).endsWith("\r\n\r\n" + body);
        }
    }

    @Test
    void aBodyThatEndsWithTheConnectionEndsWithItsAlert() throws Exception {
        try (var closing = origin(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\n\r\nto the end");
        })) {
            gateway.route(upstream(closing, "\"retries\":0")).start();

            assertThat(get("a.test")).endsWith("\r\n\r\nto the end");
        }
    }

    /** Anybody between the two may end a connection: only the alert is the origin's word (RFC 9112, 9.8). */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aBodyThatEndsWithTheConnectionButWithoutItsAlertIsBrokenOff(String protocol) throws Exception {
        var server = authority.server(clients);
        try (var cut = new RawOrigin(connection -> answerAndSayNoMore(server, protocol, connection.socket))) {
            gateway.route(upstream(cut, "\"retries\":0")).start();

            var chunked = gateway.exchange("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");
            String stream;
            try (var client = FrameClient.greeting(gateway.port())) {
                stream = client.request(1, true, "GET", "/").response(1);
            }

            assertThat(chunked).endsWith("\r\n\r\n6\r\nto the\r\n");
            assertThat(stream).endsWith("[to the]\nreset 2");
        }
    }

    /** Whoever closes the socket underneath does so without a goodbye. */
    private static void answerAndSayNoMore(SSLContext server, String protocol, Socket socket) throws IOException {
        var encrypted = (SSLSocket) server.getSocketFactory().createSocket(socket, "", socket.getPort(), false);
        encrypted.setUseClientMode(false);
        encrypted.setEnabledProtocols(new String[] {protocol});
        var lines = new BufferedReader(new InputStreamReader(encrypted.getInputStream(), StandardCharsets.ISO_8859_1));
        assertThat(lines.lines().takeWhile(line -> !line.isEmpty())).isNotEmpty();
        encrypted.getOutputStream().write(Wire.bytes("HTTP/1.1 200 OK\r\n\r\nto the"));
    }

    @Test
    void aConnectionThatTheOriginEndedIsNotUsedAgain() throws Exception {
        try (var once = origin(connection -> {
            connection.head();
            connection.send(HELLO);
        })) {
            gateway.route(upstream(once, "\"retries\":0")).start();

            for (int i = 0; i < 5; i++) {
                assertThat(get("a.test")).endsWith("hello");
            }
        }
    }

    private String get(String host) throws IOException {
        return gateway.exchange("GET / HTTP/1.0\r\nHost: " + host + "\r\n\r\n");
    }

    private String client(String name) {
        return "{\"type\":\"client\"," + clients.sign(name).members() + "}";
    }

    private static String upstream(RawOrigin to, String more) {
        return TestGateway.upstream(to.port(), "\"scheme\":\"https\"", more);
    }

    private RawOrigin origin(RawOrigin.Script script) throws Exception {
        var server = authority.server(clients).getServerSocketFactory();
        var socket = (SSLServerSocket) server.createServerSocket(0, 100, InetAddress.getLoopbackAddress());
        socket.setWantClientAuth(true);
        return new RawOrigin(script, socket);
    }

    private void note(SSLSocket socket) throws IOException {
        socket.startHandshake();
        var session = (ExtendedSSLSession) socket.getSession();
        var asked = session.getRequestedServerNames().stream()
                .map(name -> ((SNIHostName) name).getAsciiName())
                .collect(Collectors.joining());
        seen.add(asked + "|" + subject(session));
    }

    private static String subject(ExtendedSSLSession session) {
        try {
            Principal shown = session.getPeerPrincipal();
            return shown.getName();
        } catch (SSLPeerUnverifiedException e) {
            return "";
        }
    }
}
