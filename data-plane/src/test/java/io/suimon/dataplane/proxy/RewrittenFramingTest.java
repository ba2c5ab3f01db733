package io.suimon.dataplane.proxy;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What plugins make of a method, a status or a field must not change where a message ends. */
@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class RewrittenFramingTest {

    private static final String SECOND = "GET /second HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "'\"proxy-rewrite\":{\"method\":\"HEAD\"}',       'HTTP/1.1 200 OK'",
        "'\"response-rewrite\":{\"status_code\":200}',    'HTTP/1.1 304 Not Modified'",
        "'\"response-rewrite\":{\"status_code\":200}',    'HTTP/1.1 204 No Content'",
    })
    void aBodyThatNeverComesIsNotAnnounced(String plugin, String statusLine) throws Exception {
        try (var origin = new RawOrigin(connection -> answer(connection, statusLine));
                var gateway = new TestGateway()
                        .route("\"plugins\":{" + plugin + "}," + TestGateway.upstream(origin.port()))
                        .start()) {

            var answers = gateway.exchange("GET /first HTTP/1.1\r\nHost: a\r\n\r\n" + SECOND);

            assertThat(answers)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\n\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n")
                    .doesNotContain("Content-Length: 51\r\n");
        }
    }

    @Test
    void aStreamEndsWhereTheUpstreamWasAskedForAHeadAlone() throws Exception {
        try (var origin = new RawOrigin(connection -> answer(connection, "HTTP/1.1 200 OK"));
                var gateway = new TestGateway()
                        .route("\"plugins\":{\"proxy-rewrite\":{\"method\":\"HEAD\"}},"
                                + TestGateway.upstream(origin.port()))
                        .start();
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "GET", "/");

            assertThat(client.response(1)).startsWith(":status: 200\n").doesNotContain("content-length: 51");
        }
    }

    /** Announces as long a body as the next response might be taken for, and sends none. */
    private static void answer(RawOrigin.Connection connection, String statusLine) throws IOException {
        while (!connection.head().isEmpty()) {
            connection.send(statusLine + "\r\nContent-Length: 51\r\n\r\n");
        }
    }

    /** A plugin that means ill, or knows no better: those of the gateway may not be told to. */
    private record Meddling(String name, @Nullable String value) implements Filter {
        @Override
        public Decision onRequest(Exchange exchange) {
            var field = HeaderName.of(name);
            var headers = exchange.request().headers();
            headers.remove(field);
            if (value != null) {
                headers.add(field, value);
            }
            return Decision.proceed();
        }
    }

    @ParameterizedTest
    @CsvSource({"Content-Length,", "Content-Length, 0", "Transfer-Encoding, chunked"})
    void aBodyIsSentWithItsLength(String name, @Nullable String value) throws Exception {
        var body = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

        var head = headSentOf("Content-Length: " + body.length() + "\r\n\r\n" + body, new Meddling(name, value));

        assertThat(head)
                .containsOnlyOnce("\r\nContent-Length: " + body.length() + "\r\n")
                .containsOnlyOnce("Content-Length")
                .doesNotContain("Transfer-Encoding");
    }

    @ParameterizedTest
    @CsvSource({"Transfer-Encoding,", "Transfer-Encoding, gzip", "Content-Length, 3"})
    void aChunkedBodyIsSentInChunks(String name, @Nullable String value) throws Exception {
        var head = headSentOf("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", new Meddling(name, value));

        assertThat(head)
                .containsOnlyOnce("\r\nTransfer-Encoding: chunked\r\n")
                .containsOnlyOnce("Transfer-Encoding")
                .doesNotContain("Content-Length");
    }

    private static String headSentOf(String rest, Filter filter) throws IOException {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var gateway = new TestGateway()
                        .with(new FilterPlugin("p", 1, filter))
                        .route("\"plugins\":{\"p\":{}}," + TestGateway.upstream(origin.port()))
                        .start()) {
            gateway.exchange("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + rest);
            return origin.heads.getFirst();
        }
    }

    @ParameterizedTest
    @CsvSource({"pass", "node"})
    void thereIsOneHost(String passHost) throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var gateway = new TestGateway()
                        .route("\"plugins\":{\"proxy-rewrite\":{\"headers\":{\"set\":{\"Host\":\"b\"}}}},"
                                + TestGateway.upstream(origin.port(), "\"pass_host\":\"" + passHost + "\""))
                        .start()) {

            gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(origin.heads.getFirst()).containsOnlyOnce("\r\nHost: ");
        }
    }

    @Test
    void anInterimHeadHasNoLength() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 103 Early Hints\r\nContent-Length: 3\r\nConnection: X\r\nX: 1\r\n"
                            + "Link: </a>\r\n\r\n");
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                });
                var gateway = TestGateway.to(origin.port())) {

            var answer = gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n")
                    .endsWith("hi");
        }
    }
}
