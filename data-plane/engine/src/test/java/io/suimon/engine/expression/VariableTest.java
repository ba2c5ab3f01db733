package io.suimon.engine.expression;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.http.ClientConnection;
import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.ResponseHead;
import io.suimon.engine.http.RouteFacts;
import io.suimon.engine.http.UpstreamAttempt;
import io.suimon.engine.net.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class VariableTest {

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', nullValues = "absent", textBlock = """
            arg_a              | 1 2
            arg_A              | absent
            arg_flag           | true
            arg_none           | absent
            arg_               | absent
            http_x_one         | a, b
            http_X-One         | a, b
            http_under_score   | u
            http_host          | A.com:8080
            http_cookie        | c1=v1; c2=v2
            http_none          | absent
            cookie_c2          | v2
            cookie_none        | absent
            uri_param_id       | 7
            uri_param_none     | absent
            uri                | /p q
            document_uri       | /p q
            request_uri        | /p q?a=1+2&a=3&flag
            real_request_uri   | /./p%20q?a=1+2&a=3&flag
            args               | a=1+2&a=3&flag
            query_string       | a=1+2&a=3&flag
            is_args            | ?
            request            | POST /./p%20q?a=1+2&a=3&flag HTTP/1.1
            server_protocol    | HTTP/1.1
            method             | POST
            request_method     | POST
            scheme             | https
            https              | on
            host               | a.com
            server_name        | _
            server_addr        | 127.0.0.1
            server_port        | 443
            remote_addr        | 2001:db8::1
            remote_port        | 1234
            realip_remote_addr | 10.0.0.9
            remote_user        | ada
            content_type       | text/plain
            content_length     | 2
            ssl_server_name    | absent
            status             | 200
            bytes_sent         | 90
            body_bytes_sent    | 40
            request_length     | 70
            request_time       | 1.005
            msec               | 1700000001.005
            connection_requests | 3
            upstream_addr      | 10.0.0.1:80, [2001:db8::2]:8080
            upstream_status    | -, 200
            upstream_connect_time | -, 0.001
            upstream_header_time | -, 0.020
            upstream_response_time | 0.000, 1.000
            upstream_response_length | 0, 40
            upstream_http_x_up | yes
            sent_http_x_up     | yes
            upstream_unresolved_host | node.example
            upstream_host      | A.com:8080
            upstream_uri       | /other
            upstream_scheme    | absent
            balancer_ip        | 2001:db8::2
            balancer_port      | 8080
            route_id           | r1
            route_name         | absent
            service_id         | s1
            service_name       | orders
            consumer_name      | jack
            consumer_group_id  | gold
            request_type       | traditional_http
            llm_model          | absent
            anything           | set by a filter
            """)
    void hasTheValueOfTheExchange(String name, String value) {
        assertThat(Variable.of(name).text(finishedExchange())).isEqualTo(value);
    }

    @Test
    void typesAreKept() {
        var exchange = finishedExchange();

        assertThat(Variable.of("arg_flag").value(exchange)).isEqualTo(true);
        assertThat(Variable.of("balancer_port").value(exchange)).isEqualTo(8080);
        assertThat(Variable.of("status").value(exchange)).isEqualTo("200");
    }

    @Test
    void whatIsNotKnownYetIsAbsent() {
        var exchange = DescribedRequest.get("/").exchange();

        for (var name : List.of(
                "args",
                "route_id",
                "service_id",
                "consumer_name",
                "upstream_addr",
                "balancer_ip",
                "remote_user",
                "sent_http_x",
                "upstream_http_x",
                "content_type",
                "http_host",
                "post_arg.a",
                "post_arg_a",
                "graphql_name")) {
            assertThat(Variable.of(name).value(exchange)).as(name).isNull();
        }
        assertThat(Variable.of("is_args").value(exchange)).isEqualTo("");
        assertThat(Variable.of("status").value(exchange)).isEqualTo("000");
    }

    @Test
    void theProtocolIsTheConnections() {
        var exchange = DescribedRequest.get("/a?b").exchange();

        exchange.connection(exchange.connection().overHttp2());

        assertThat(Variable.of("server_protocol").value(exchange)).isEqualTo("HTTP/2.0");
        assertThat(Variable.of("request").value(exchange)).isEqualTo("GET /a?b HTTP/2.0");
    }

    @Test
    void requestIdStaysTheSameThroughoutAnExchange() {
        var exchange = DescribedRequest.get("/").exchange();

        var id = Variable.of("request_id").text(exchange);

        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(Variable.of("apisix_request_id").text(exchange)).isEqualTo(id);
        assertThat(Variable.of("request_id").text(DescribedRequest.get("/").exchange()))
                .isNotEqualTo(id);
    }

    @Test
    void filtersMayReplaceTheApisixRequestId() {
        var exchange = DescribedRequest.get("/").exchange();

        exchange.variable("apisix_request_id", "mine");

        assertThat(Variable.of("apisix_request_id").text(exchange)).isEqualTo("mine");
        assertThat(Variable.of("request_id").text(exchange)).isNotEqualTo("mine");
    }

    @Test
    void headersChangedByFiltersAreSeen() {
        var exchange = DescribedRequest.get("/").header("X-A", "1").exchange();
        var variable = Variable.of("http_x_a");

        exchange.request().headers().set(HeaderName.of("x-a"), "2");

        assertThat(variable.text(exchange)).isEqualTo("2");
    }

    @Test
    void timesAreWrittenAsLogsHaveThem() {
        var exchange = finishedExchange();

        assertThat(Variable.of("time_iso8601").text(exchange))
                .matches("2023-11-1\\dT\\d\\d:\\d\\d:21[+-]\\d\\d:\\d\\d");
        assertThat(Variable.of("time_local").text(exchange)).matches("1\\d/Nov/2023:\\d\\d:\\d\\d:21 [+-]\\d{4}");
    }

    private static Exchange finishedExchange() {
        var exchange = DescribedRequest.of("POST", "/./p%20q?a=1+2&a=3&flag")
                .host("A.com:8080")
                .header("X-One", "a")
                .header("x-one", "b")
                .header("Under_Score", "u")
                .header("Cookie", "c1=v1")
                .header("Cookie", "c2=v2")
                .header("Authorization", "Basic YWRhOnNlY3JldA==")
                .header("Content-Type", "text/plain")
                .https()
                .body("{}")
                .exchange();
        exchange.connection(new ClientConnection(
                new InetSocketAddress(address("10.0.0.9"), 5),
                new InetSocketAddress(address("127.0.0.1"), 443),
                exchange.connection().session(),
                17));
        exchange.client(address("2001:db8::1"), 1234);
        exchange.matched(new RouteFacts("routes/r1", "r1", null, "s1", "orders"), "/p*", null);
        exchange.pathParameters(Map.of("id", "7"));
        exchange.authenticated(new AuthenticatedConsumer("jack", null, null, "gold", Map.of()));
        exchange.variable("anything", "set by a filter");
        exchange.upstream().target("/other");
        exchange.attempts().add(attempt("10.0.0.1", 80, 0, -1, -1, 0, 0));
        exchange.attempts().add(attempt("2001:db8::2", 8080, 200, 1_000_000, 20_000_000, 1_000_000_000, 40));
        exchange.response().status(200);
        exchange.response().source(ResponseHead.Source.UPSTREAM);
        exchange.response().headers().add(HeaderName.of("X-Up"), "yes");
        var timing = exchange.timing();
        timing.startMillis = 1_700_000_000_000L;
        timing.startNanos = 5;
        timing.endNanos = 1_005_000_005L;
        timing.requestBytes = 70;
        timing.responseBytes = 90;
        timing.responseBodyBytes = 40;
        timing.connectionRequests = 3;
        return exchange;
    }

    private static UpstreamAttempt attempt(
            String ip, int port, int status, long connect, long header, long total, long bytes) {
        var attempt = new UpstreamAttempt(new InetSocketAddress(address(ip), port), "node.example");
        attempt.status = status;
        attempt.connectNanos = connect;
        attempt.headerNanos = header;
        attempt.totalNanos = total;
        attempt.responseBytes = bytes;
        return attempt;
    }

    private static InetAddress address(String text) {
        return Objects.requireNonNull(IpLiteral.parse(text));
    }
}
