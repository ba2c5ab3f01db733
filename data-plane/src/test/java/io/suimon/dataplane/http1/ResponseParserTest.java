package io.suimon.dataplane.http1;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ResponseParserTest {

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\n\r\n',                                      '200 OK -1 false'",
        "'HTTP/1.0 404 Nope at all\r\nContent-Length: 5\r\n\r\n',        '404 Nope at all 5 false'",
        "'HTTP/1.1 503 \r\n\r\n',                                        '503  -1 false'",
        "'HTTP/1.1 503\r\n\r\n',                                         '503  -1 false'",
        "'HTTP/1.1 299 \u00fc\r\nTransfer-Encoding: chunked\r\n\r\n',    '299 \u00fc -1 true'",
        "'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n',               '103 Early Hints -1 false'",
    })
    void understandsResponsesWhereverTheyAreSplit(String response, String expected) {
        assertThat(atEverySplit(response)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\nX: 1\n\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 099 OK\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "HTTP/1.1 200OK\r\n\r\n",
                "http/1.1 200 OK\r\n\r\n",
                "ICY 200 OK\r\nA: b\r\n\r\n",
                "HTTP/1.1 200 O\0K\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX : 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: 1\r\n folded\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            })
    void refusesWhatIsNoResponseWhereverItIsSplit(String response) {
        assertThat(atEverySplit(response)).containsExactly("bad");
    }

    private static List<String> atEverySplit(String response) {
        return IntStream.rangeClosed(0, response.length())
                .mapToObj(cut -> ReadMessage.response(response, cut))
                .distinct()
                .toList();
    }
}
