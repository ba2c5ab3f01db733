package io.suimon.dataplane.http2;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FieldNamesTest {

    @ParameterizedTest
    @CsvSource({
        "Content-Type,                     content-type",
        "content-type,                     content-type",
        "CONTENT-LENGTH,                   content-length",
        "ETag,                             etag",
        "X-Own,                            x-own",
        "ETaf,                             etaf", // as long as one that is known
        "e^ag,                             e^ag",
        "X,                                x",
        "Access-Control-Allow-Credentialsx, access-control-allow-credentialsx", // longer than any that is known
    })
    void isInLowerCase(String sent, String expected) {
        assertThat(read("HTTP/1.1" + sent + ": 1", 8, 8 + sent.length()).toString())
                .isEqualTo(expected);
    }

    @Test
    void isTheSameObjectWhereManyHaveIt() {
        assertThat((Object) read("Server", 0, 6)).isSameAs(read("server", 0, 6));
    }

    private static AsciiString read(String text, int from, int to) {
        return FieldNames.of(text.getBytes(StandardCharsets.ISO_8859_1), from, to);
    }
}
