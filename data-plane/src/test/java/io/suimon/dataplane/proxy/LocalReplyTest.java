package io.suimon.dataplane.proxy;

import io.suimon.engine.plugin.Decision;
import io.suimon.engine.resource.ResourceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class LocalReplyTest {

    private static final String NOT_FOUND =
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain; charset=utf-8\r\nDate: now\r\nServer: APISIX/3.18.0\r\n";
    private static final String CLOSE = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    @Test
    void answersNotFoundWhereNoRouteMatches() throws Exception {
        try (var gateway = new TestGateway().start()) {

            var answer = gateway.exchange("GET /" + CLOSE);

            assertThat(undated(answer))
                    .isEqualTo(NOT_FOUND + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                            + "24\r\n{\"error_msg\":\"404 Route Not Found\"}\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void sendsNoBodyToHeadAndNoChunksToOldClients() throws Exception {
        try (var gateway = new TestGateway().start()) {

            var head = gateway.exchange("HEAD /" + CLOSE);
            var old = gateway.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

            assertThat(undated(head)).isEqualTo(NOT_FOUND + "Connection: close\r\n\r\n");
            assertThat(undated(old))
                    .isEqualTo(NOT_FOUND + "Connection: close\r\n\r\n{\"error_msg\":\"404 Route Not Found\"}\n");
        }
    }

    private static String undated(String answer) {
        return answer.replaceAll("Date: [^\r]*", "Date: now");
    }

    @ParameterizedTest(name = "{0} {1}: {2} bytes")
    @CsvSource({
        "404, Not Found,                       225",
        "500, Internal Server Error,           249",
        "502, Bad Gateway,                     229",
        "503, Service Temporarily Unavailable, 269",
        "504, Gateway Time-out,                239",
    })
    void aStatusWithoutABodyIsThePageOfNginxByteForByte(int status, String reason, int length) throws Exception {
        var title = status + " " + reason;
        try (var gateway = new TestGateway()
                .with(new FilterPlugin("p", 1, exchange -> Decision.reply(status)))
                .route("\"plugins\":{\"p\":{}}")
                .start()) {

            var answer = gateway.exchange("GET /" + CLOSE);

            assertThat(undated(answer))
                    .isEqualTo("HTTP/1.1 " + title + "\r\nContent-Length: " + length
                            + "\r\nContent-Type: text/html; charset=utf-8\r\nDate: now\r\nServer: APISIX/3.18.0\r\n"
                            + "Connection: close\r\n\r\n<html>\r\n<head><title>" + title
                            + "</title></head>\r\n<body>\r\n<center><h1>" + title
                            + "</h1></center>\r\n<hr><center>openresty</center>\r\n<p><em>Powered by"
                            + " <a href=\"https://apisix.apache.org/\">APISIX</a>.</em></p></body>\r\n</html>\r\n");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "'GET / HTTP/1.1\r\n\r\n',                        '400 Bad Request'",
        "'GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n',  '400 Bad Request'",
        "'get / HTTP/1.1\r\nHost: a\r\n\r\n',             '400 Bad Request'",
        "'\u0016\u0003\u0001',                            '400 Bad Request'",
        "'GET /../x HTTP/1.1\r\nHost: a\r\n\r\n',         '400 Bad Request'",
        "'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n',           '405 Not Allowed'",
        "'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n',       '405 Not Allowed'",
        "'GET / HTTP/3.0\r\nHost: a\r\n\r\n',             '505 HTTP Version Not Supported'",
    })
    void refusesWithThePageOfNginxAndHangsUp(String request, String status) throws Exception {
        try (var gateway = new TestGateway().start()) {

            var answer = gateway.exchange(request);

            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status + "\r\n")
                    .contains(
                            "\r\nServer: openresty\r\n", "\r\nConnection: close\r\n", "<title>" + status + "</title>");
            assertThat(gateway.listener().counts().refusals().values()).containsOnlyOnce(1L);
            assertThat(gateway.finished).isEmpty();
        }
    }

    @Test
    void refusesHeadsThatAreTooLong() throws Exception {
        try (var gateway = new TestGateway()
                .set("head.max-bytes", "1000")
                .set("head.max-line", "100")
                .start()) {

            var line = gateway.exchange("GET /" + "x".repeat(200));
            var head = gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(2000));

            assertThat(line).startsWith("HTTP/1.1 414 Request-URI Too Large\r\n");
            assertThat(head)
                    .startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n")
                    .contains("Content-Length: 0\r\n");
        }
    }

    @ParameterizedTest(name = "upstream_id {0}: {1}")
    @CsvSource({
        "'\"upstream_id\":\"none\"', 502, 'Bad Gateway'",
        "'\"service_id\":\"none\"', 404, 'Not Found'",
        "'\"plugins\":{}', 503, 'Service Temporarily Unavailable'",
        "'\"plugin_config_id\":\"none\",\"upstream\":{\"nodes\":{\"127.0.0.1:1\":1}}', 503, 'Service Temporarily Unavailable'",
        "'\"upstream\":{\"type\":\"magic\",\"nodes\":{\"a:1\":1,\"b:1\":1}}', 500, 'Internal Server Error'",
    })
    void answersThePageWhereARouteLeadsNowhere(String members, int status, String reason) throws Exception {
        try (var gateway = new TestGateway().route(members).start()) {

            var answer = gateway.exchange("GET /" + CLOSE);

            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status + " " + reason + "\r\n")
                    .contains("<title>" + status + " " + reason + "</title>");
        }
    }

    @Test
    void oneEndpointNeedsNoKnownWayToChoose() throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                var gateway = new TestGateway()
                        .route("\"upstream\":{\"type\":\"magic\",\"nodes\":{\"127.0.0.1:" + origin.port() + "\":1}}")
                        .start()) {

            assertThat(gateway.exchange("GET /" + CLOSE)).endsWith("\r\n\r\nhi");
        }
    }

    @Test
    void answersUnavailableToAConsumerWhoseGroupIsMissing() throws Exception {
        try (var gateway = new TestGateway()
                .resource(
                        ResourceKind.CONSUMER,
                        "jack",
                        "{\"username\":\"jack\",\"group_id\":\"none\",\"plugins\":{\"key-auth\":{\"key\":\"k\"}}}")
                .route("\"plugins\":{\"key-auth\":{}}," + TestGateway.upstream(1))
                .start()) {

            var answer = gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\napikey: k\r\nConnection: close\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 503 Service Temporarily Unavailable\r\n")
                    .contains("<title>503 Service Temporarily Unavailable</title>");
        }
    }

    @Test
    void answersUnavailableForSchemesThatAreNotSpoken() throws Exception {
        try (var gateway = new TestGateway()
                .resource(ResourceKind.UPSTREAM, "u", "{\"scheme\":\"kafka\",\"nodes\":{\"127.0.0.1:1\":1}}")
                .route("\"upstream_id\":\"u\"")
                .start()) {

            var answer = gateway.exchange("GET /" + CLOSE);

            assertThat(answer).startsWith("HTTP/1.1 503 Service Temporarily Unavailable\r\n");
        }
    }
}
