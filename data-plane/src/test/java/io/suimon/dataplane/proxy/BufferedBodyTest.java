package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.ResourceKind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Bodies that filters look at before they go on to the upstream. */
@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class BufferedBodyTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String WHEN_POSTED = "{\"_meta\":{\"filter\":[[\"post_arg_x\",\"==\",\"1\"]]},";
    private static final String REDIRECT_WHEN_POSTED =
            "\"plugins\":{\"redirect\":" + WHEN_POSTED + "\"uri\":\"/to/$post_arg_x\"}}";
    private static final String ONE_PER_FIELD = "\"limit-count\":{\"count\":1,\"time_window\":60,\"rejected_code\":429,"
            + "\"key_type\":\"var_combination\",\"key\":\"$post_arg_x\"}";

    /** Everything the origin got, request after request. */
    private final List<String> received = new CopyOnWriteArrayList<>();

    private RawOrigin origin(String bodyEnd) throws Exception {
        return new RawOrigin(connection -> {
            while (true) {
                var head = connection.head();
                if (head.isEmpty()) {
                    return;
                }
                int at = head.indexOf("Content-Length: ");
                received.add(
                        at < 0
                                ? connection.until(bodyEnd)
                                : connection.read(Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)))));
                connection.send(OK);
            }
        });
    }

    private static String post(String body) {
        return "POST /p HTTP/1.1\r\nHost: a\r\n" + FORM + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String chunked(String chunks) {
        return "POST /p HTTP/1.1\r\nHost: a\r\n" + FORM + "Transfer-Encoding: chunked\r\n\r\n" + chunks;
    }

    private static String status(String answer) {
        return answer.substring(9, 12);
    }

    private static TestGateway gateway(String plugins, int port) throws Exception {
        return new TestGateway().route(plugins + "," + TestGateway.upstream(port));
    }

    @Test
    void aConditionSeesTheBodyThatThenReachesTheOrigin() throws Exception {
        try (var origin = origin("");
                var gateway = gateway(REDIRECT_WHEN_POSTED, origin.port()).start();
                var client = gateway.client()) {

            var redirected = client.send(post("x=1&y=2")).response();
            var forwarded = client.send(post("x=%32&y=\u00e9\u0000\r\n\r\n")).response();

            assertThat(redirected).startsWith("HTTP/1.1 302 ").contains("\r\nLocation: /to/1\r\n");
            assertThat(forwarded).endsWith("\r\n\r\nhi");
            assertThat(received).containsExactly("x=%32&y=\u00e9\u0000\r\n\r\n");
            assertThat(origin.heads.getFirst()).contains("Content-Length: 14\r\n");
        }
    }

    @Test
    void countsByAFieldOfTheBody() throws Exception {
        try (var origin = origin("");
                var gateway = gateway("\"plugins\":{" + ONE_PER_FIELD + "}", origin.port())
                        .start();
                var client = gateway.client()) {

            var first = client.send(post("x=a")).response();
            var other = client.send(post("x=b")).response();
            var again = client.send(post("x=a&z=")).response();

            assertThat(List.of(status(first), status(other), status(again))).containsExactly("200", "200", "429");
            assertThat(received).containsExactly("x=a", "x=b");
        }
    }

    @Test
    void aGlobalFilterSeesTheBody() throws Exception {
        try (var origin = origin("");
                var gateway = new TestGateway()
                        .resource(ResourceKind.GLOBAL_RULE, "1", "{" + REDIRECT_WHEN_POSTED + "}")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = gateway.client()) {

            var redirected = client.send(post("x=1")).response();
            var forwarded = client.send(post("x=2")).response();

            assertThat(List.of(status(redirected), status(forwarded))).containsExactly("302", "200");
            assertThat(received).containsExactly("x=2");
        }
    }

    @Test
    void aFilterOfTheConsumerSeesTheBody() throws Exception {
        try (var origin = origin("");
                var gateway = gateway("\"plugins\":{\"key-auth\":{}}", origin.port())
                        .resource(
                                ResourceKind.CONSUMER,
                                "jo",
                                "{\"username\":\"jo\",\"plugins\":{\"key-auth\":{\"key\":\"k\"}," + ONE_PER_FIELD
                                        + "}}")
                        .start();
                var client = gateway.client()) {
            var known = post("x=a").replace("Host: a\r\n", "Host: a\r\napikey: k\r\n");

            var first = client.send(known).response();
            var again = client.send(known).response();
            var other = client.send(known.replace("x=a", "x=b")).response();

            assertThat(List.of(status(first), status(again), status(other))).containsExactly("200", "429", "200");
            assertThat(received).containsExactly("x=a", "x=b");
        }
    }

    @Test
    void aFilterOfTheResponseSeesTheBody() throws Exception {
        try (var origin = origin("");
                var gateway = gateway(
                                "\"plugins\":{\"response-rewrite\":{\"headers\":{\"set\":{\"X-Posted\":\"$post_arg_x\"}}}}",
                                origin.port())
                        .start();
                var client = gateway.client()) {

            var answer = client.send(post("x=7")).response();

            assertThat(answer).contains("\r\nX-Posted: 7\r\n").endsWith("hi");
            assertThat(received).containsExactly("x=7");
        }
    }

    @Test
    void aChunkedBodyKeepsItsBytesAndTrailers() throws Exception {
        try (var origin = origin("\r\nT: 1\r\n\r\n");
                var gateway = gateway(REDIRECT_WHEN_POSTED, origin.port()).start();
                var client = gateway.client()) {

            var redirected =
                    client.send(chunked("1\r\nx\r\n2\r\n=1\r\n0\r\n\r\n")).response();
            var forwarded = client.send(chunked("3\r\nx=2\r\n")).send("2\r\n&y\r\n0\r\nT: 1\r\n\r\n");

            assertThat(status(redirected)).isEqualTo("302");
            assertThat(status(forwarded.response())).isEqualTo("200");
            assertThat(received).containsExactly("5\r\nx=2&y\r\n0\r\nT: 1\r\n\r\n");
        }
    }

    @Test
    void anEmptyChunkedBodyIsForwarded() throws Exception {
        try (var origin = origin("0\r\n\r\n");
                var gateway = gateway(REDIRECT_WHEN_POSTED, origin.port()).start();
                var client = gateway.client()) {

            var answer = client.send(chunked("0\r\n\r\n")).response();

            assertThat(status(answer)).isEqualTo("200");
            assertThat(received).containsExactly("0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 9\r\n\r\n",
                "Expect: 100-continue\r\nContent-Length: 9\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n9\r\nx=1234567\r\n",
                "Transfer-Encoding: chunked\r\n\r\n8\r\nx=123456\r\n1\r\n7\r\n",
            })
    void refusesABodyOverTheLimitAtOnce(String rest) throws Exception {
        try (var origin = origin("");
                var gateway = gateway(REDIRECT_WHEN_POSTED, origin.port())
                        .set("max-buffered-body", "8")
                        .start()) {

            var answer = gateway.exchange("POST /p HTTP/1.1\r\nHost: a\r\n" + FORM + rest);

            assertThat(answer)
                    .startsWith("HTTP/1.1 413 Request Entity Too Large\r\n")
                    .contains("\r\nConnection: close\r\n");
            assertThat(gateway.finished).containsExactly("POST /p 413");
            assertThat(received).isEmpty();
        }
    }

    @Test
    void aBodyUpToTheLimitPasses() throws Exception {
        try (var origin = origin("");
                var gateway = gateway(REDIRECT_WHEN_POSTED, origin.port())
                        .set("max-buffered-body", "8")
                        .start();
                var client = gateway.client()) {

            var answer = client.send(post("x=123456")).response();

            assertThat(status(answer)).isEqualTo("200");
            assertThat(received).containsExactly("x=123456");
        }
    }

    @Test
    void asksForABodyThatTheClientHoldsBack() throws Exception {
        try (var origin = origin("");
                var gateway = gateway(REDIRECT_WHEN_POSTED, origin.port()).start();
                var client = gateway.client()) {
            client.send(post("").replace("Content-Length: 0\r\n", "Expect: 100-continue\r\nContent-Length: 3\r\n"));

            var interim = client.until("\r\n\r\n");
            var answer = client.send("x=2").response();

            assertThat(interim).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(status(answer)).isEqualTo("200");
            assertThat(received).containsExactly("x=2");
        }
    }

    @Test
    void pipelinedRequestsKeepTheirBodiesAndOrder() throws Exception {
        try (var origin = origin("0\r\n\r\n");
                var gateway = gateway(REDIRECT_WHEN_POSTED, origin.port()).start();
                var client = gateway.client()) {
            client.send(post("x=3") + post("x=1") + chunked("3\r\nx=4\r\n0\r\n\r\n") + post("") + post("x=5"));

            var answers = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                answers.append(status(client.response())).append(' ');
            }

            assertThat(answers).hasToString("200 302 200 200 200 ");
            assertThat(received).containsExactly("x=3", "3\r\nx=4\r\n0\r\n\r\n", "", "x=5");
        }
    }

    @Test
    void aRefusedCallerDoesNotHaveItsBodyRead() throws Exception {
        try (var origin = origin("");
                var gateway = gateway("\"plugins\":{\"key-auth\":{}," + ONE_PER_FIELD + "}", origin.port())
                        .start();
                var client = gateway.client()) {

            var answer = client.send("POST /p HTTP/1.1\r\nHost: a\r\n" + FORM + "Content-Length: 3\r\n\r\n")
                    .until("\r\n\r\n");

            assertThat(status(answer)).isEqualTo("401");
        }
    }
}
