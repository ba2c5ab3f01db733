package io.suimon.dataplane.http1;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestParserTest {

    private static final String HOST = "Host: a\r\n";

    /** Requests that two parsers could read in two ways, or that nobody sends in good faith. */
    static Stream<Arguments> smuggling() {
        return Stream.of(
                refused(400, "GET / HTTP/1.1\nHost: a\n\n"),
                refused(400, "GET / HTTP/1.1\r\nHost: a\n\r\n"),
                refused(400, "GET / HTTP/1.1\r\nHost: a\r\nX: 1\rY: 2\r\n\r\n"),
                refused(400, get("X: a\rb")),
                refused(400, get("X: a\0b")),
                refused(400, get("X: a\u007fb")),
                refused(400, get("X: a\u000bb")),
                refused(400, get("X: a\r\n folded")),
                refused(400, get("X: a\r\n\tfolded")),
                refused(400, "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
                refused(400, get("X : a")),
                refused(400, get("X\t: a")),
                refused(400, get("X")),
                refused(400, get(": a")),
                refused(400, get("X(y): a")),
                refused(400, get("X y: a")),
                refused(400, get("X\u00e9: a")),
                refused(400, get("Content-Length : 5")),
                refused(400, get("Transfer-Encoding : chunked")),
                refused(400, get("Content-Length: 5\r\nContent-Length: 5")),
                refused(400, get("Content-Length: 5\r\nContent-Length: 6")),
                refused(400, get("Content-Length: 5\r\ncontent-length: 5")),
                refused(400, get("Content-Length: 5, 5")),
                refused(400, get("Content-Length: +5")),
                refused(400, get("Content-Length: -5")),
                refused(400, get("Content-Length: 05")),
                refused(400, get("Content-Length: 0x5")),
                refused(400, get("Content-Length: 5 5")),
                refused(400, get("Content-Length: 5;")),
                refused(400, get("Content-Length:")),
                refused(400, get("Content-Length: 9999999999999999999")),
                refused(400, get("Content-Length: \u00b2")),
                refused(400, get("Content-Length: 5\r\nTransfer-Encoding: chunked")),
                refused(400, get("Transfer-Encoding: chunked\r\nContent-Length: 5")),
                refused(400, get("Transfer-Encoding: chunked\r\nContent-Length: 0")),
                refused(400, get("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")),
                refused(400, get("Transfer-Encoding: chunked, chunked")),
                refused(400, get("Transfer-Encoding: gzip, chunked")),
                refused(400, get("Transfer-Encoding: chunked, identity")),
                refused(400, get("Transfer-Encoding: identity")),
                refused(400, get("Transfer-Encoding: xchunked")),
                refused(400, get("Transfer-Encoding: \"chunked\"")),
                refused(400, get("Transfer-Encoding: chunked;q=1")),
                refused(400, get("Transfer-Encoding: \u000bchunked")),
                refused(400, get("Transfer-Encoding:")),
                refused(400, "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
                refused(400, "GET / HTTP/1.1\r\n\r\n"),
                refused(400, "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
                refused(400, get("Host: a")),
                refused(400, get("Host: b")),
                refused(400, "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"),
                refused(400, host("a, b")),
                refused(400, host("a b")),
                refused(400, host("a/b")),
                refused(400, host("u@a")),
                refused(400, host("a:port")),
                refused(400, host("a:123456")),
                refused(400, host("a:")),
                refused(400, host("[::1")),
                refused(400, host("[::1]x")),
                refused(400, host("a#b")),
                refused(400, line("get / HTTP/1.1")),
                refused(400, line("Get / HTTP/1.1")),
                refused(400, line("GET  / HTTP/1.1")),
                refused(400, line("GET / HTTP/1.1 ")),
                refused(400, line("GET /  HTTP/1.1")),
                refused(400, line("GET\t/ HTTP/1.1")),
                refused(400, line("GET / x HTTP/1.1")),
                refused(400, line("GET /")),
                refused(400, line("GET")),
                refused(400, line(" GET / HTTP/1.1")),
                refused(400, line("GET * HTTP/1.1")),
                refused(400, line("GET a HTTP/1.1")),
                refused(400, line("GET a:80 HTTP/1.1")),
                refused(400, line("GET ftp://a/ HTTP/1.1")),
                refused(400, line("GET http:///x HTTP/1.1")),
                refused(400, line("GET http://u@a/x HTTP/1.1")),
                refused(400, line("GET /../x HTTP/1.1")),
                refused(400, line("GET /%2e%2e/x HTTP/1.1")),
                refused(400, line("GET /%zz HTTP/1.1")),
                refused(400, line("GET /% HTTP/1.1")),
                refused(400, line("GET /%00 HTTP/1.1")),
                refused(400, line("GET /\u0001 HTTP/1.1")),
                refused(400, line("GET / http/1.1")),
                refused(400, line("GET / HTTP/1")),
                refused(400, line("GET / HTTP/1.10")),
                refused(400, line("GET / HTTP/11")),
                refused(400, line("GET / HTTQ/1.1")),
                refused(400, "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                refused(400, "\n\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                refused(505, line("GET / HTTP/2.0")),
                refused(505, line("GET / HTTP/0.9")),
                refused(505, line("PRI * HTTP/2.0")),
                refused(405, line("TRACE / HTTP/1.1")),
                refused(405, line("CONNECT a:443 HTTP/1.1")),
                refused(414, line("GET /" + "x".repeat(8192) + " HTTP/1.1")),
                refused(431, get("X: " + "x".repeat(40_000))),
                refused(431, get("X: 1\r\n".repeat(100) + "Y: 2")));
    }

    private static Arguments refused(int status, String request) {
        return Arguments.of(status, request);
    }

    private static String get(String fields) {
        return "GET / HTTP/1.1\r\n" + HOST + fields + "\r\n\r\n";
    }

    private static String host(String value) {
        return "GET / HTTP/1.1\r\nHost: " + value + "\r\n\r\n";
    }

    private static String line(String requestLine) {
        return requestLine + "\r\n" + HOST + "\r\n";
    }

    static Stream<Arguments> understood() {
        return Stream.of(
                Arguments.of(line("GET / HTTP/1.1"), "GET / 1.1 Host=a; +0"),
                Arguments.of("\r\n" + line("GET / HTTP/1.1"), "GET / 1.1 Host=a; +0"),
                Arguments.of("GET / HTTP/1.0\r\n\r\n", "GET / 1.0  +0"),
                Arguments.of("GET / HTTP/1.1\r\nhost:a\r\n\r\n", "GET / 1.1 host=a; +0"),
                Arguments.of(
                        "GET / HTTP/1.1\r\nHost: \t a \t\r\nX:\r\nY_z: \u00ff\r\n\r\n",
                        "GET / 1.1 Host=a;X=;Y_z=\u00ff; +0"),
                Arguments.of(line("GET /a/./b//c?d#e HTTP/1.1"), "GET /a/./b//c?d#e 1.1 Host=a; +0"),
                Arguments.of(line("GET http://b/x?y HTTP/1.1"), "GET /x?y 1.1 Host=a; +0"),
                Arguments.of(line("GET http://b HTTP/1.1"), "GET / 1.1 Host=a; +0"),
                Arguments.of(line("GET HTTP://b:80?y HTTP/1.1"), "GET /?y 1.1 Host=a; +0"),
                Arguments.of("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "GET / 1.1 Host=[::1]:80; +0"),
                Arguments.of(line("M-SEARCH / HTTP/1.1"), "M-SEARCH / 1.1 Host=a; +0"),
                Arguments.of(get("Content-Length: 3") + "abcGET", "GET / 1.1 Host=a;Content-Length=3; abc+3"),
                Arguments.of(get("Content-Length: 3") + "ab", "GET / 1.1 Host=a;Content-Length=3; ab..."),
                Arguments.of(get("Content-Length: 0") + "x", "GET / 1.1 Host=a;Content-Length=0; +1"),
                Arguments.of(
                        get("Transfer-Encoding: Chunked") + "3\r\nabc\r\n0\r\n\r\nx",
                        "GET / 1.1 Host=a;Transfer-Encoding=Chunked; abc+1"));
    }

    @ParameterizedTest
    @MethodSource("smuggling")
    void refusesWhatCouldBeReadInTwoWaysWhereverItIsSplit(int status, String request) {
        var outcomes = atEverySplit(request);

        assertThat(outcomes).containsExactly(Integer.toString(status));
    }

    @ParameterizedTest
    @MethodSource("understood")
    void understandsTheRestWhereverItIsSplit(String request, String expected) {
        var outcomes = atEverySplit(request);

        assertThat(outcomes).containsExactly(expected);
    }

    private static List<String> atEverySplit(String request) {
        int step = Math.max(1, request.length() / 500);
        return IntStream.iterate(0, cut -> cut <= request.length(), cut -> cut + step)
                .mapToObj(cut -> ReadMessage.request(request, cut, Http1Limits.DEFAULT))
                .distinct()
                .toList();
    }

    @Test
    void theHostOfAnAbsoluteTargetWinsOverTheHostField() {
        var buffer = io.netty.buffer.Unpooled.copiedBuffer(
                line("GET http://b.c:81?y HTTP/1.1"), java.nio.charset.StandardCharsets.ISO_8859_1);
        var head = new HeadBuffer(1024, 1024);
        var parser = new RequestParser(Http1Limits.DEFAULT);
        head.collect(buffer);

        parser.parse(head.bytes(), head.length(), new io.suimon.engine.http.RequestHead());

        assertThat(parser.absolute()).isTrue();
        assertThat(io.suimon.engine.text.WireText.of(head.bytes(), parser.authorityStart(), parser.authorityEnd()))
                .isEqualTo("b.c:81");
    }
}
