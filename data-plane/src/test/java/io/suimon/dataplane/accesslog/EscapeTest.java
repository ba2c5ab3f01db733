package io.suimon.dataplane.accesslog;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EscapeTest {

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(quoteCharacter = '`', nullValues = "absent", textBlock = """
            PLAIN, absent,           -
            PLAIN, ``,               -
            PLAIN, a b~,             a b~
            PLAIN, say "hi",         say \\x22hi\\x22
            PLAIN, back\\slash,      back\\x5Cslash
            PLAIN, `two\nlines\r\t`, two\\x0Alines\\x0D\\x09
            PLAIN, `\u0000\u001b\u007f`, \\x00\\x1B\\x7F
            PLAIN, \u00c3\u00a9,     \\xC3\\xA9
            JSON,  absent,           ``
            JSON,  ``,               ``
            JSON,  say "hi",         say \\"hi\\"
            JSON,  back\\slash,      back\\\\slash
            JSON,  `two\nlines\r\t`, two\\nlines\\r\\t
            JSON,  `\u0000\u001b\u007f`, \\u0000\\u001B\\u007F
            JSON,  \u00c3\u00a9,     \u00c3\u00a9
            """)
    void letsNoValueEndAField(Escape escape, String value, String written) {
        var text = new StringBuilder();

        escape.write(text, value);

        assertThat(text).hasToString(written);
    }
}
