package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.ResourceKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class ClientFieldsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String CLAIMS = "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 9.9.9.9\r\n"
            + "X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil\r\nX-Forwarded-Port: 1\r\nForwarded: for=x\r\n"
            + "Connection: close\r\n\r\n";

    private static String forwarded(TestGateway gateway, RawOrigin origin, String request) throws Exception {
        try (gateway) {
            gateway.route(TestGateway.upstream(origin.port())).start().exchange(request);
            return origin.heads.getLast();
        }
    }

    @Test
    void overwritesWhatAnybodyClaims() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {

            var head = forwarded(new TestGateway(), origin, CLAIMS);

            assertThat(head)
                    .contains("X-Forwarded-For: 9.9.9.9, 127.0.0.1\r\n", "X-Forwarded-Proto: http\r\n")
                    .contains("X-Forwarded-Host: a\r\n")
                    .doesNotContain("evil", "https", "Forwarded: for", "X-Forwarded-Port: 1\r\n");
        }
    }

    @Test
    void believesTrustedPeers() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {

            var head = forwarded(new TestGateway().set("trusted-addresses", "127.0.0.0/8"), origin, CLAIMS);

            assertThat(head)
                    .contains("X-Forwarded-For: 9.9.9.9, 127.0.0.1\r\n", "X-Forwarded-Proto: https\r\n")
                    .contains("X-Forwarded-Host: evil\r\n", "X-Forwarded-Port: 1\r\n", "\r\nForwarded: for=x\r\n")
                    .doesNotContain("X-Forwarded-Proto: http\r\n");
        }
    }

    @Test
    void saysItselfWhatATrustedPeerDoesNot() throws Exception {
        var request = "GET / HTTP/1.1\r\nHost: a:81\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n";
        try (var origin = RawOrigin.answering(OK)) {

            var head = forwarded(new TestGateway().set("trusted-addresses", "127.0.0.0/8"), origin, request);

            assertThat(head)
                    .contains("X-Forwarded-Proto: https\r\n", "X-Forwarded-Host: a:81\r\n")
                    .contains("X-Forwarded-Port: 81\r\n", "X-Forwarded-For: 127.0.0.1\r\n")
                    .doesNotContain("X-Forwarded-Proto: http\r\n");
        }
    }

    @Test
    void variablesStillTellWhatWasClaimed() throws Exception {
        var seen = "$original_x_forwarded_for $original_x_forwarded_proto $original_x_forwarded_host"
                + " $original_x_forwarded_port $original_forwarded";
        var gateway = new TestGateway()
                .set("trusted-addresses", "10.0.0.0/8")
                .resource(
                        ResourceKind.GLOBAL_RULE,
                        "1",
                        "{\"plugins\":{\"proxy-rewrite\":{\"headers\":{\"set\":{\"X-Seen\":\"" + seen + "\"}}}}}");
        try (var origin = RawOrigin.answering(OK)) {

            var head = forwarded(gateway, origin, CLAIMS);

            assertThat(head).contains("X-Seen: 9.9.9.9 https evil 1 for=x\r\n");
        }
    }

    @Test
    void dropsTheForwardedForOfOthersOnceSomebodyIsTrusted() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {

            var head = forwarded(new TestGateway().set("trusted-addresses", "10.0.0.0/8"), origin, CLAIMS);

            assertThat(head).contains("X-Forwarded-For: 127.0.0.1\r\n").doesNotContain("9.9.9.9");
        }
    }

    @Test
    void takesTheRealAddressFromLoopback() throws Exception {
        var request = "GET / HTTP/1.1\r\nHost: a\r\nX-Real-IP: 10.1.2.3\r\nConnection: close\r\n\r\n";
        try (var origin = RawOrigin.answering(OK)) {

            var believed = forwarded(new TestGateway(), origin, request);
            var doubted = forwarded(new TestGateway().set("real-ip-from", "10.0.0.1"), origin, request);

            assertThat(believed).contains("X-Real-IP: 10.1.2.3\r\n", "X-Forwarded-For: 10.1.2.3\r\n");
            assertThat(doubted).contains("X-Real-IP: 127.0.0.1\r\n").doesNotContain("10.1.2.3");
        }
    }

    @Test
    void theHostOfAnAbsoluteTargetGoesUpstream() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {

            var head = forwarded(
                    new TestGateway(), origin, "GET http://b:81/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(head)
                    .startsWith("GET /x HTTP/1.1\r\nHost: b:81\r\n")
                    .contains("X-Forwarded-Host: b:81\r\n")
                    .doesNotContain("Host: a\r\n");
        }
    }
}
