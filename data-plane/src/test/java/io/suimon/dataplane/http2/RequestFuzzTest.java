package io.suimon.dataplane.http2;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever fields a client sends in HTTP/2, what becomes of them in HTTP/1.1 is one head, or none. */
class RequestFuzzTest {

    private static final String[] NAMES = {
        ":method",
        ":path",
        ":scheme",
        ":authority",
        "host",
        "cookie",
        "content-length",
        "transfer-encoding",
        "connection",
        "te",
        "expect",
        "x",
        "X",
        ""
    };
    private static final String[] VALUES = {
        "GET",
        "/",
        "/ HTTP/1.1\r\nx: y",
        "*",
        "a",
        "a\r\nx: y",
        "a\n\nb",
        "0",
        "3",
        "03",
        "chunked",
        "trailers",
        "a ",
        ""
    };
    private static final Pattern REQUEST_LINE = Pattern.compile("[!-~\u0080-\u00ff]+ [!-~\u0080-\u00ff]+ HTTP/1\\.1");
    private static final Pattern FIELD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+: [\t -~\u0080-\u00ff]*");

    /** One field. */
    record Field(String name, String value) {}

    @Provide
    Arbitrary<List<Field>> fields() {
        var noise = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(4);
        var name = Arbitraries.frequencyOf(Tuple.of(5, Arbitraries.of(NAMES)), Tuple.of(1, noise));
        var value = Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.of(VALUES)), Tuple.of(1, noise));
        return Combinators.combine(name, value).as(Field::new).list().ofMaxSize(4);
    }

    @Property(tries = 20_000)
    void fieldsBecomeOneHeadOrNone(@ForAll("fields") List<Field> fields, @ForAll boolean usual, @ForAll boolean ends) {
        var headers = new DefaultHttp2Headers(false);
        if (usual) {
            headers.method("POST").scheme("https").path("/").authority("a");
        }
        fields.forEach(field -> headers.add(field.name(), field.value()));

        var head = new RequestBytes().read(headers, ends, UnpooledByteBufAllocator.DEFAULT);

        if (head != null) {
            assertOne(head.bytes().toString(StandardCharsets.ISO_8859_1), head.chunked(), head.length());
            head.bytes().release();
        }
    }

    private static void assertOne(String text, boolean chunked, long length) {
        assertThat(text.indexOf("\r\n\r\n")).isEqualTo(text.length() - 4);
        var lines = text.substring(0, text.length() - 4).split("\r\n", -1);
        assertThat(lines[0]).matches(REQUEST_LINE);
        assertThat(Arrays.stream(lines).skip(1))
                .allMatch(line -> FIELD.matcher(line).matches());
        assertThat(count(lines, "host")).isLessThanOrEqualTo(1);
        assertThat(count(lines, "cookie")).isLessThanOrEqualTo(1);
        assertThat(count(lines, "transfer-encoding")).isEqualTo(chunked ? 1 : 0);
        assertThat(count(lines, "content-length")).isEqualTo(length >= 0 ? 1 : 0);
        assertThat(chunked && length >= 0).isFalse();
    }

    private static long count(String[] lines, String name) {
        return Arrays.stream(lines)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .count();
    }
}
