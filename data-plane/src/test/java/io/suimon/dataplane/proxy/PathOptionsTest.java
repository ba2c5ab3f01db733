package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.ResourceKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PathOptionsTest {

    @ParameterizedTest(name = "{0}: {1} matches {2} and is forwarded as {3}")
    @CsvSource({
        "delete-tail-slash,      /xx/,             /xx,        /xx/",
        "delete-tail-slash,      /xx,              /xx,        /xx",
        "delete-tail-slash,      /xx//,            /xx,        /xx//",
        "delete-tail-slash,      /xx/?a=/,         /xx,        /xx/?a=/",
        "delete-tail-slash,      /,                /,          /",
        "delete-tail-slash,      /xx/yy/,          /xx/yy,     /xx/yy/",
        "normalize-like-servlet, /s/a/../b,        /s/b,       /s/b",
        "normalize-like-servlet, /s/a;x=1/b,       /s/a/b,     /s/a;x=1/b",
        "normalize-like-servlet, /s/a;x=1;y/b;z,   /s/a/b,     /s/a;x=1;y/b;z",
        "normalize-like-servlet, /s/a;x=1/b?c=;d,  /s/a/b,     /s/a;x=1/b?c=;d",
        "normalize-like-servlet, //s//%61,         /s/a,       /s/a",
        "normalize-like-servlet, /s/a%20b,         '/s/a b',   /s/a%20b",
        "match-encoded-slash,    /a%2Fb,           /a%2Fb,     /a%2Fb",
        "match-encoded-slash,    /a%2fb,           /a%2Fb,     /a%2fb",
        "match-encoded-slash,    /%61%2fb,         /a%2Fb,     /%61%2fb",
        "match-encoded-slash,    /./a%2Fb,         /a/b,       /./a%2Fb",
        "match-encoded-slash,    /a%2F%2Fb,        /a/b,       /a%2F%2Fb",
        "match-encoded-slash,    /a%252Fb,         /a%2Fb,     /a%252Fb",
        "match-encoded-slash,    /a/b?c=%2F,       /a/b,       /a/b?c=%2F",
        "server-header,          /xx/,             /xx/,       /xx/",
        "server-header,          /s/a;x=1/b,       /s/a;x=1/b, /s/a;x=1/b",
        "server-header,          /a%2Fb,           /a/b,       /a%2Fb",
    })
    void matchesAndForwards(String option, String target, String matched, String forwarded) throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var gateway = gateway(option, matched, origin).start()) {

            var answer = gateway.exchange("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 200 ");
            assertThat(origin.heads.getFirst()).startsWith("GET " + forwarded + " HTTP/1.1\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/s/.;x/b",
        "/s/..;x/b",
        "/s/;x/b",
        "/;x",
        "/s/%2e/b",
        "/s/%2E%2e/b",
        "/s/a%2eb",
        "/s/..%3bx/b",
        "/s/a/b/;"
    })
    void refusesWhatAServletContainerCouldReadInTwoWays(String target) throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var gateway = gateway("normalize-like-servlet", "/*", origin).start()) {

            var answer = gateway.exchange("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("\r\nServer: APISIX/3.18.0\r\n", "<title>400 Bad Request</title>");
            assertThat(origin.heads).isEmpty();
        }
    }

    private static TestGateway gateway(String option, String uri, RawOrigin origin) {
        var gateway = new TestGateway();
        if (!option.equals("server-header")) {
            gateway.set("path." + option, "true");
        }
        return gateway.resource(
                ResourceKind.ROUTE, "1", "{\"uri\":\"" + uri + "\"," + TestGateway.upstream(origin.port()) + "}");
    }
}
