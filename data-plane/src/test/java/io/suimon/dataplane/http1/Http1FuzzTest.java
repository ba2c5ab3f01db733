package io.suimon.dataplane.http1;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

class Http1FuzzTest {

    private static final String[] PARTS = {
        "GET ",
        "POST ",
        "/",
        "/a?b",
        "http://b",
        "*",
        " HTTP/1.1\r\n",
        " HTTP/1.0\r\n",
        "\r\n",
        "\n",
        "\r",
        ":",
        " ",
        "Host: a\r\n",
        "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Connection: x, close\r\n",
        "X: y\r\n",
        "3\r\nabc\r\n",
        "0\r\n\r\n",
        "abc",
        "\0",
        "\u00ff",
        "%2e",
        "..",
        ";",
        "\r\n\r\n",
        "Expect: 100-continue\r\n"
    };

    @Provide
    Arbitrary<String> requests() {
        var noise = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(3);
        var part = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(9, Arbitraries.of(PARTS)), net.jqwik.api.Tuple.of(1, noise));
        var tail = part.list().ofMaxSize(12).map(parts -> String.join("", parts));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(1, tail),
                net.jqwik.api.Tuple.of(3, tail.map(rest -> "GET / HTTP/1.1\r\nHost: a\r\n" + rest)),
                net.jqwik.api.Tuple.of(
                        2,
                        tail.map(rest -> "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + rest)));
    }

    @Property(tries = 20_000)
    void aRequestIsTheSameWhereverItIsSplit(@ForAll("requests") String request, @ForAll @IntRange(max = 200) int cut) {
        var whole = ReadMessage.request(request, 0, Http1Limits.DEFAULT);

        var split = ReadMessage.request(request, Math.min(cut, request.length()), Http1Limits.DEFAULT);

        assertThat(split).isEqualTo(whole);
    }

    @Property(tries = 20_000)
    void noBytesMakeAResponseParserFall(@ForAll("requests") String bytes, @ForAll @IntRange(max = 200) int cut) {
        var response = "HTTP/1.1 200 " + bytes;

        var whole = ReadMessage.response(response, 0);

        assertThat(ReadMessage.response(response, Math.min(cut, response.length())))
                .isEqualTo(whole);
    }
}
