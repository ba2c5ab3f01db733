package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Callers who prove who they are, over a real socket. */
@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class AuthPluginsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String UNSIGNED = "{\"message\":\"client request can't be validated\"}\n";
    private static final String VALIDATING = "\"hmac-auth\":{\"validate_request_body\":true}";

    /** The bodies the origin got, request after request. */
    private final List<String> received = new CopyOnWriteArrayList<>();

    private RawOrigin origin() throws Exception {
        return new RawOrigin(connection -> {
            while (true) {
                var head = connection.head();
                if (head.isEmpty()) {
                    return;
                }
                int at = head.indexOf("Content-Length: ");
                if (at >= 0) {
                    received.add(connection.read(Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)))));
                } else if (head.contains("chunked")) {
                    received.add(connection.until("0\r\n\r\n"));
                }
                connection.send(OK);
            }
        });
    }

    private static TestGateway gateway(String plugins, int port) {
        return new TestGateway()
                .resource(
                        ResourceKind.CONSUMER,
                        "jack",
                        "{\"username\":\"jack\",\"plugins\":{"
                                + "\"basic-auth\":{\"username\":\"foo\",\"password\":\"bar\"},"
                                + "\"jwt-auth\":{\"key\":\"jk\",\"secret\":\"js\"},"
                                + "\"hmac-auth\":{\"key_id\":\"hk\",\"secret_key\":\"hs\"}}}")
                .route("\"plugins\":{" + plugins + "}," + TestGateway.upstream(port));
    }

    private static String get(String... fields) {
        return "GET /x HTTP/1.1\r\nHost: a\r\n" + String.join("", fields) + "\r\n";
    }

    private static String hmac(String key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jwt(String secret, String payload) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        var signed = encoder.encodeToString("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        return signed + "." + encoder.encodeToString(Base64.getDecoder().decode(hmac(secret, signed)));
    }

    /** Date, Digest and Authorization of a request that is signed now. */
    private static String signature(String requestLine, String body) {
        var date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        return "Date: " + date + "\r\nDigest: " + digest(body) + "\r\nAuthorization: Signature keyId=\"hk\","
                + "algorithm=\"hmac-sha256\",headers=\"@request-target date\",signature=\""
                + hmac("hs", "hk\n" + requestLine + "\ndate: " + date + "\n") + "\"\r\n";
    }

    private static String digest(String body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return "SHA-256=" + Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String post(String digestOf, String rest) {
        return "POST /x HTTP/1.1\r\nHost: a\r\n" + signature("POST /x", digestOf) + rest;
    }

    /** The status, the challenge and the body of an answer of the gateway, or the status of another. */
    private static String answer(RawClient client) throws Exception {
        var head = client.until("\r\n\r\n");
        if (!head.contains("Transfer-Encoding: chunked")) {
            client.read(2);
            return head.substring(9, 12);
        }
        var challenge = head.contains("WWW-Authenticate: ")
                ? head.substring(head.indexOf("WWW-Authenticate: ") + 18)
                : "none\r";
        client.until("\r\n");
        var body = client.until("\r\n0\r\n\r\n");
        return head.substring(9, 12) + " " + challenge.substring(0, challenge.indexOf('\r')) + " "
                + body.substring(0, body.length() - 7);
    }

    @Test
    void namesAndPasswordsAreLetInAndHidden() throws Exception {
        try (var origin = origin();
                var gateway = gateway("\"basic-auth\":{\"hide_credentials\":true}", origin.port())
                        .start();
                var client = gateway.client()) {

            var right = answer(client.send(get("Authorization: Basic Zm9vOmJhcg==\r\n")));
            var wrong = answer(client.send(get("Authorization: Basic Zm9vOmJheg==\r\n")));
            var missing = answer(client.send(get()));

            assertThat(right).isEqualTo("200");
            assertThat(wrong).isEqualTo("401 Basic realm=\"basic\" {\"message\":\"Invalid user authorization\"}\n");
            assertThat(missing)
                    .isEqualTo("401 Basic realm=\"basic\" {\"message\":\"Missing authorization in request\"}\n");
            assertThat(origin.heads).hasSize(1);
            assertThat(origin.heads.getFirst())
                    .contains("X-Consumer-Username: jack\r\n")
                    .doesNotContain("Authorization");
        }
    }

    @Test
    void tokensAreLetInAndHidden() throws Exception {
        try (var origin = origin();
                var gateway = gateway("\"jwt-auth\":{\"hide_credentials\":true}", origin.port())
                        .start();
                var client = gateway.client()) {

            var right = answer(
                    client.send(get("Cookie: a=1; jwt=" + jwt("js", "{\"key\":\"jk\",\"exp\":4000000000}") + "\r\n")));
            var forged = answer(client.send(get("Authorization: Bearer " + jwt("no", "{\"key\":\"jk\"}") + "\r\n")));
            var expired = answer(
                    client.send(get("Authorization: Bearer " + jwt("js", "{\"key\":\"jk\",\"exp\":1}") + "\r\n")));
            var missing = answer(client.send(get()));

            assertThat(right).isEqualTo("200");
            assertThat(forged).isEqualTo("401 Bearer realm=\"jwt\" {\"message\":\"failed to verify jwt\"}\n");
            assertThat(expired).isEqualTo(forged);
            assertThat(missing).isEqualTo("401 Bearer realm=\"jwt\" {\"message\":\"Missing JWT token in request\"}\n");
            assertThat(origin.heads).hasSize(1);
            assertThat(origin.heads.getFirst())
                    .contains("X-Consumer-Username: jack\r\n", "Cookie: a=1\r\n")
                    .doesNotContain("jwt=");
        }
    }

    @Test
    void signedRequestsAreLetInAndHidden() throws Exception {
        try (var origin = origin();
                var gateway = gateway("\"hmac-auth\":{\"hide_credentials\":true}", origin.port())
                        .start();
                var client = gateway.client()) {

            var right = answer(client.send(get(signature("GET /x", ""))));
            var other = answer(client.send(get(signature("GET /y", ""))));
            var missing = answer(client.send(get()));

            assertThat(right).isEqualTo("200");
            assertThat(other).isEqualTo("401 hmac realm=\"hmac\" " + UNSIGNED);
            assertThat(missing)
                    .isEqualTo("401 hmac realm=\"hmac\" {\"message\":\"client request can't be validated: missing"
                            + " Authorization header\"}\n");
            assertThat(origin.heads).hasSize(1);
            assertThat(origin.heads.getFirst())
                    .contains("X-Consumer-Username: jack\r\n")
                    .doesNotContain("Authorization");
        }
    }

    @Test
    void aSignedBodyIsReadCheckedAndForwarded() throws Exception {
        try (var origin = origin();
                var gateway = gateway(VALIDATING, origin.port()).start();
                var client = gateway.client()) {

            var right = answer(client.send(post("hello", "Content-Length: 5\r\n\r\nhello")));
            var wrong = answer(client.send(post("other", "Content-Length: 5\r\n\r\nhello")));
            var chunked = answer(
                    client.send(post("hello", "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")));
            var empty = answer(client.send(get(signature("GET /x", ""))));

            assertThat(List.of(right, chunked, empty)).containsOnly("200");
            assertThat(wrong).isEqualTo("401 hmac realm=\"hmac\" " + UNSIGNED);
            assertThat(received).containsExactly("hello", "5\r\nhello\r\n0\r\n\r\n");
        }
    }

    @Test
    void aBodyComesInPartsAndAfterBeingAskedFor() throws Exception {
        try (var origin = origin();
                var gateway = gateway(VALIDATING, origin.port()).start();
                var client = gateway.client()) {
            client.send(post("hello", "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n"));

            var interim = client.until("\r\n\r\n");
            var answer = answer(client.send("he").send("llo"));

            assertThat(interim).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(answer).isEqualTo("200");
            assertThat(received).containsExactly("hello");
        }
    }

    @Test
    void theBodyOfWhoCannotSignIsNotAskedFor() throws Exception {
        try (var origin = origin();
                var gateway = gateway(VALIDATING, origin.port()).start();
                var client = gateway.client()) {

            var answer = answer(client.send(
                    "POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n\r\n"));

            assertThat(answer).startsWith("401 ").contains("missing Authorization header");
            assertThat(received).isEmpty();
        }
    }

    /** The limit is the plugin's or the gateway's, whichever is less; the size is what is announced, or what has come. */
    @ParameterizedTest(name = "plugin {0}, gateway {1}, {2}: {3} over {4}")
    @CsvSource(delimiter = '|', textBlock = """
            50 | 1000 | 'Content-Length: 60\r\n\r\n'                           | 60 | 50
            50 | 1000 | 'Expect: 100-continue\r\nContent-Length: 60\r\n\r\n'   | 60 | 50
            50 | 40   | 'Content-Length: 60\r\n\r\n'                           | 60 | 40
            50 | 40   | 'Content-Length: 45\r\n\r\n'                           | 45 | 40
            8  | 1000 | 'Transfer-Encoding: chunked\r\n\r\n9\r\n123456789\r\n' | 9  | 8
            8  | 1000 | 'Transfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n4\r\n1234\r\n' | 12 | 8
            99 | 8    | 'Transfer-Encoding: chunked\r\n\r\n9\r\n123456789\r\n' | 9  | 8
            """)
    void aBodyOverTheLimitIsRefusedAtOnce(String limit, String gatewayLimit, String rest, int size, int held)
            throws Exception {
        var plugin = "\"hmac-auth\":{\"validate_request_body\":true,\"max_req_body_size\":" + limit + "}";
        try (var origin = origin();
                var gateway = gateway(plugin, origin.port())
                        .set("max-buffered-body", gatewayLimit)
                        .start();
                var client = gateway.client()) {

            var answer = answer(client.send(post("any", rest)));

            assertThat(answer)
                    .isEqualTo("413 none {\"message\":\"request size " + size + " is greater than the maximum size "
                            + held + " allowed\"}\n");
            assertThat(received).isEmpty();
            assertThat(gateway.finished).containsExactly("POST /x 413");
        }
    }

    @Test
    void aLimitHoldsForItsOwnRequestAlone() throws Exception {
        var plugin = "\"hmac-auth\":{\"validate_request_body\":true,\"max_req_body_size\":5}";
        try (var origin = origin();
                var gateway = gateway(plugin, origin.port())
                        .resource(
                                ResourceKind.ROUTE,
                                "free",
                                "{\"uri\":\"/free\"," + TestGateway.upstream(origin.port()) + "}")
                        .start();
                var client = gateway.client()) {

            var limited = answer(client.send(post("hello", "Content-Length: 5\r\n\r\nhello")));
            var free = answer(client.send("POST /free HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nhello!"));
            var again = answer(client.send(post("hello!", "Content-Length: 6\r\n\r\n")));

            assertThat(List.of(limited, free)).containsOnly("200");
            assertThat(again).startsWith("413 none ");
            assertThat(received).containsExactly("hello", "hello!");
        }
    }

    /** Another filter has had the body read already. */
    @Test
    void aBodyThatIsThereAlreadyIsHeldAgainstTheLimit() throws Exception {
        var reader = "\"cors\":{\"_meta\":{\"filter\":[[\"post_arg_x\",\"==\",\"1\"]]}},";
        try (var origin = origin();
                var gateway = gateway(
                                reader + "\"hmac-auth\":{\"validate_request_body\":true,\"max_req_body_size\":5}",
                                origin.port())
                        .start();
                var client = gateway.client()) {

            var right = answer(client.send(post("hello", "Content-Length: 5\r\n\r\nhello")));
            var tooLong = answer(client.send(post("hello!", "Content-Length: 6\r\n\r\nhello!")));

            assertThat(right).isEqualTo("200");
            assertThat(tooLong).startsWith("413 none {\"message\":\"request size 6 is greater than");
            assertThat(received).containsExactly("hello");
        }
    }
}
