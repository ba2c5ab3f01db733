package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.ResourceKind;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A PROXY header in front of TLS, and of HTTP/2 with and without it. */
@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class ProxyProtocolTlsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private static final String V1 = "PROXY TCP4 192.0.2.7 198.51.100.2 56324 443\r\n";
    private static final String V2 =
            Wire.text(HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000cc0000207c6336402dc0401bb"));

    @TempDir
    Path folder;

    private SSLContext trust;
    private RawOrigin origin;
    private TestGateway gateway;

    @BeforeEach
    void prepare() throws IOException, GeneralSecurityException {
        var authority = TestAuthority.in(folder, "ca");
        trust = authority.client();
        origin = RawOrigin.answering(OK);
        gateway = new TestGateway()
                .set("proxy-protocol.port", "0")
                .set("proxy-protocol.tls-port", "0")
                .resource(
                        ResourceKind.SSL,
                        "1",
                        "{\"sni\":\"a.test\"," + authority.sign("a.test").members() + "}")
                .route(TestGateway.upstream(origin.port()));
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
        origin.close();
    }

    private static String header(int version) {
        return version == 1 ? V1 : V2;
    }

    private Socket balancer(int port, String header) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TestPatience.MILLIS);
        socket.getOutputStream().write(Wire.bytes(header));
        socket.getOutputStream().flush();
        return socket;
    }

    private SSLSocket shaken(Socket socket, String... protocols) throws IOException {
        var encrypted = (SSLSocket) trust.getSocketFactory().createSocket(socket, "a.test", 443, true);
        var parameters = encrypted.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName("a.test")));
        parameters.setApplicationProtocols(protocols);
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    private static String answer(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(Wire.bytes(request));
        socket.getOutputStream().flush();
        return Wire.text(socket.getInputStream().readNBytes(15));
    }

    private void assertTheClientIsWhoTheBalancerSays() {
        assertThat(origin.heads)
                .hasSize(1)
                .allSatisfy(head ->
                        assertThat(head).contains("X-Real-IP: 192.0.2.7\r\n", "X-Forwarded-For: 192.0.2.7\r\n"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theClientOfHttpsIsWhoTheBalancerSays(int version) throws IOException {
        gateway.start();

        try (var socket = shaken(balancer(gateway.listener().proxyTlsPort(), header(version)))) {

            assertThat(answer(socket, GET)).isEqualTo("HTTP/1.1 200 OK");
            assertTheClientIsWhoTheBalancerSays();
        }
    }

    @Test
    void headerAndHandshakeMayComeInOnePieceOrInMany() throws IOException {
        gateway.start();
        try (var socket = balancer(gateway.listener().proxyTlsPort(), V1.substring(0, 9))) {
            socket.getOutputStream().write(Wire.bytes(V1.substring(9)));
            try (var encrypted = shaken(socket)) {

                assertThat(answer(encrypted, GET)).isEqualTo("HTTP/1.1 200 OK");
                assertTheClientIsWhoTheBalancerSays();
            }
        }
    }

    @ParameterizedTest(name = "version {0}, encrypted: {1}")
    @CsvSource({"1, true", "2, true", "1, false", "2, false"})
    void theClientOfHttp2IsWhoTheBalancerSays(int version, boolean encrypted) throws IOException {
        gateway.start();
        int port = encrypted
                ? gateway.listener().proxyTlsPort()
                : gateway.listener().proxyPort();
        var socket = balancer(port, header(version));

        try (var client = new FrameClient(encrypted ? shaken(socket, "h2") : socket)) {
            client.bytes(Wire.bytes(FrameClient.PREFACE)).frame(FrameClient.SETTINGS, 0, 0, new byte[0]);
            client.request(1, true, "GET", "/");

            assertThat(client.response(1)).startsWith(":status: 200\n").endsWith("[hi]\n");
            assertTheClientIsWhoTheBalancerSays();
        }
    }

    @Test
    void thePrefaceMayComeWithTheHeader() throws IOException {
        gateway.start();
        var socket = balancer(gateway.listener().proxyPort(), V2 + FrameClient.PREFACE);

        try (var client = new FrameClient(socket)) {
            client.frame(FrameClient.SETTINGS, 0, 0, new byte[0]).request(1, true, "GET", "/");

            assertThat(client.response(1)).startsWith(":status: 200\n");
            assertTheClientIsWhoTheBalancerSays();
        }
    }

    @Test
    void aHandshakeWithoutAHeaderIsNotAnswered() throws IOException {
        gateway.start();
        try (var client = new RawClient(gateway.listener().proxyTlsPort())) {

            assertThat(client.send("\26\3\1\2\0\1\0\1\374\3\3").all()).isEmpty();
            assertThat(gateway.listener().counts().refused(Refusal.PROXY_HEADER))
                    .isEqualTo(1);
        }
    }

    @Test
    void aHeaderWithoutAHandshakeEndsLikeAnyOther() throws IOException {
        gateway.setTls("handshake-timeout", "PT0.3S").start();
        try (var client = new RawClient(gateway.listener().proxyTlsPort())) {

            client.answerBeforeTheEnd(V1);

            Awaitility.await()
                    .until(() -> gateway.listener().handshakes().failures().getOrDefault("timeout", 0L) == 1);
        }
    }

    @Test
    void aHeaderIsNotReadOnThePortWithout() throws IOException {
        gateway.start();
        try (var client = new RawClient(gateway.tlsPort())) {

            client.send(V1).all();

            Awaitility.await().until(() -> gateway.listener().counts().active() == 0);
            assertThat(gateway.listener().handshakes().failures().values().stream()
                            .mapToLong(count -> count)
                            .sum())
                    .isEqualTo(1);
            assertThat(origin.heads).isEmpty();
        }
    }

    @Test
    void limitsCountTheClientsAddressBeforeTheHandshake() throws IOException {
        gateway.set("max-connections-per-address", "1").start();
        int port = gateway.listener().proxyTlsPort();
        try (var first = shaken(balancer(port, V1));
                var same = balancer(port, V1);
                var other = shaken(balancer(port, V1.replace("192.0.2.7", "192.0.2.8")))) {

            assertThat(same.getInputStream().read()).isEqualTo(-1);
            assertThat(answer(first, GET)).isEqualTo("HTTP/1.1 200 OK");
            assertThat(answer(other, GET)).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void thereIsNoSuchPortWhereHttpsIsSwitchedOff() throws IOException {
        gateway.setTls("enabled", "false").start();

        assertThat(gateway.listener().proxyTlsPort()).isZero();
    }
}
