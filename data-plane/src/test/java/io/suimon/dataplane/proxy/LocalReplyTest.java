package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.ResourceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class LocalReplyTest {

    private static final String CLOSE = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    @Test
    void answersNotFoundWhereNoRouteMatches() throws Exception {
        try (var gateway = new TestGateway().start()) {

            var answer = gateway.exchange("GET /" + CLOSE);

            assertThat(answer.replaceAll("Date: [^\r]*", "Date: now"))
                    .isEqualTo("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain; charset=utf-8\r\nDate: now\r\n"
                            + "Server: APISIX/3.18.0\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                            + "24\r\n{\"error_msg\":\"404 Route Not Found\"}\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void sendsNoBodyToHeadAndNoChunksToOldClients() throws Exception {
        try (var gateway = new TestGateway().start()) {

            var head = gateway.exchange("HEAD /" + CLOSE);
            var old = gateway.exchange("GET / HTTP/1.0\r\n\r\n");

            assertThat(head).startsWith("HTTP/1.1 404 Not Found\r\n").endsWith("\r\n\r\n");
            assertThat(old).doesNotContain("chunked").endsWith("\r\n\r\n{\"error_msg\":\"404 Route Not Found\"}\n");
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
