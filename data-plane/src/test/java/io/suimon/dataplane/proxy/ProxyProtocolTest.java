package io.suimon.dataplane.proxy;

import java.io.IOException;
import java.util.HexFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class ProxyProtocolTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String V1 = "PROXY TCP4 192.0.2.7 198.51.100.2 56324 443\r\n";
    private static final String V2 =
            Wire.text(HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000cc0000207c6336402dc0401bb"));

    private static TestGateway gateway(RawOrigin origin) {
        return new TestGateway().set("proxy-protocol.port", "0").route(TestGateway.upstream(origin.port()));
    }

    private static RawClient client(TestGateway gateway) throws IOException {
        return new RawClient(gateway.listener().proxyPort());
    }

    @Test
    void theClientIsWhoTheBalancerSays() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = gateway(origin).start();
                var first = client(gateway);
                var second = client(gateway)) {

            first.send(V1 + GET).response();
            first.send(GET).response();
            for (int i = 0; i < V2.length(); i++) {
                second.send(V2.substring(i, i + 1));
            }
            Awaitility.await().until(() -> gateway.listener().counts().accepted() == 2);
            second.send(GET).response();

            assertThat(origin.heads)
                    .hasSize(3)
                    .allSatisfy(head ->
                            assertThat(head).contains("X-Real-IP: 192.0.2.7\r\n", "X-Forwarded-For: 192.0.2.7\r\n"));
        }
    }

    @Test
    void theBalancerMaySpeakForItself() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = gateway(origin).start();
                var client = client(gateway)) {

            client.send("PROXY UNKNOWN\r\n" + GET).response();

            assertThat(origin.heads.getFirst()).contains("X-Real-IP: 127.0.0.1\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GET, "PROXY TCP4 1.2.3.4\r\n", "\r\n\r\n\0\r\nQUIX\n", "PROXY UNKNOWN\n"})
    void saysNothingToWhoBeginsOtherwise(String begin) throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = gateway(origin).start();
                var client = client(gateway)) {

            var answer = client.send(begin).all();

            assertThat(answer).isEmpty();
            assertThat(gateway.listener().counts().refused(Refusal.PROXY_HEADER))
                    .isEqualTo(1);
            assertThat(origin.heads).isEmpty();
        }
    }

    @Test
    void waitsForTheHeaderOnlySoLong() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway =
                        gateway(origin).set("proxy-protocol.timeout", "PT0.2S").start();
                var client = client(gateway)) {

            assertThat(client.answerBeforeTheEnd("PROXY ")).isEmpty();
            Awaitility.await().until(() -> gateway.listener().counts().refused(Refusal.PROXY_HEADER) == 1);
        }
    }

    @Test
    void isNotSpokenElsewhere() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = gateway(origin).start()) {

            var answer = gateway.exchange(V1 + GET);

            assertThat(answer).startsWith("HTTP/1.1 400 Bad Request\r\n");
            assertThat(origin.heads).isEmpty();
        }
    }

    @Test
    void limitsCountTheClientsAddress() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway =
                        gateway(origin).set("max-connections-per-address", "1").start();
                var first = client(gateway);
                var same = client(gateway);
                var other = client(gateway)) {
            first.send(V1 + GET).response();

            var refused = same.send(V1 + GET).all();
            var answer = other.send(V1.replace("192.0.2.7", "192.0.2.8") + GET).response();

            assertThat(refused).isEmpty();
            assertThat(answer).endsWith("hi");
        }
    }
}
