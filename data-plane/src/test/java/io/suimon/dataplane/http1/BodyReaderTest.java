package io.suimon.dataplane.http1;

import io.netty.buffer.Unpooled;
import io.suimon.engine.text.WireText;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BodyReaderTest {

    @ParameterizedTest
    @CsvSource({
        "'0\r\n\r\n',                                              '+0'",
        "'3\r\nabc\r\n0\r\n\r\n',                                  'abc+0'",
        "'003\r\nabc\r\n2\r\nde\r\n000\r\n\r\nrest',               'abcde+4'",
        "'A\r\n0123456789\r\n0\r\n\r\n',                           '0123456789+0'",
        "'3;x=y;z=\"q\"\r\nabc\r\n0;last\r\n\r\n',                 'abc+0'",
        "'1\r\na\r\n0\r\nX: 1\r\nY-z: 2\r\n\r\n',                  'a|X=1|Y-z=2+0'",
        "'0\r\nContent-Length: 9\r\nHost: b\r\nX: 1\r\n\r\n',      '|X=1+0'",
    })
    void takesTheFramingOffWhereverItIsSplit(String chunked, String expected) {
        var outcomes = atEverySplit(chunked);

        assertThat(outcomes).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nabc\r\n0\r\n\r\n",
                "g\r\nabc\r\n0\r\n\r\n",
                "-3\r\nabc\r\n0\r\n\r\n",
                "+3\r\nabc\r\n0\r\n\r\n",
                " 3\r\nabc\r\n0\r\n\r\n",
                "3 \r\nabc\r\n0\r\n\r\n",
                "0x3\r\nabc\r\n0\r\n\r\n",
                "3\nabc\r\n0\r\n\r\n",
                "3\rabc\r\n0\r\n\r\n",
                "3\r\nabc0\r\n\r\n",
                "3\r\nabcd\r\n0\r\n\r\n",
                "3\r\nabc\n0\r\n\r\n",
                "3\r\nabc\r0\r\n\r\n",
                "3;a\nb\r\nabc\r\n0\r\n\r\n",
                "3;a\0\r\nabc\r\n0\r\n\r\n",
                "ffffffffffffffff\r\nabc",
                "0000000000000003\r\nabc\r\n0\r\n\r\n",
                "0\r\nX\r\n\r\n",
                "0\r\nX : 1\r\n\r\n",
                "0\r\nX: 1\n\r\n",
                "0\r\nX: 1\r\n Y: 2\r\n\r\n",
                "0\r\nX: a\rb\r\n\r\n",
                "0\n\n",
            })
    void refusesBrokenChunksWhereverTheyAreSplit(String chunked) {
        var outcomes = atEverySplit(chunked);

        assertThat(outcomes).containsExactly("bad body");
    }

    private static List<String> atEverySplit(String chunked) {
        return IntStream.rangeClosed(0, chunked.length())
                .mapToObj(cut -> read(chunked, cut))
                .distinct()
                .toList();
    }

    private static String read(String chunked, int cut) {
        var reader = new BodyReader(Http1Limits.DEFAULT);
        reader.chunked();
        byte[] bytes = WireText.bytes(chunked);
        var in = Unpooled.buffer().writeBytes(bytes, 0, cut);
        var first = ReadMessage.body(reader, in);
        if (first.equals("bad body")) {
            return first;
        }
        in.writeBytes(bytes, cut, bytes.length - cut);
        if (first.endsWith("...")) {
            var second = ReadMessage.body(reader, in);
            return second.equals("bad body") ? second : first.substring(0, first.length() - 3) + second;
        }
        return first.substring(0, first.indexOf('+')) + "+" + in.readableBytes();
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, 4097})
    void boundsTheExtensionsOfAllChunksTogether(int bytes) {
        var half = "x".repeat(bytes / 2);
        var rest = "x".repeat(bytes - bytes / 2);

        var outcome = read("1;" + half + "\r\na\r\n1;" + rest + "\r\nb\r\n0\r\n\r\n", 0);

        assertThat(outcome).isEqualTo(bytes <= 4096 ? "ab+0" : "bad body");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 9000})
    void boundsTrailers(int bytes) {
        var outcome = read("0\r\nX: " + "x".repeat(bytes) + "\r\n\r\n", 0);

        assertThat(outcome).startsWith(bytes < 8192 ? "|X=xxx" : "bad body");
    }
}
