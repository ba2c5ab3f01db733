package io.suimon.engine.text;

import java.util.Base64;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class Base64TextTest {

    @ParameterizedTest(name = "{0} is {1}, for URLs {2}")
    @CsvSource(nullValues = "none", textBlock = """
            '',          '',     ''
            YQ==,        a,      none
            YQ=,         a,      none
            YQ,          a,      a
            YWI=,        ab,     none
            YWI,         ab,     ab
            YWJj,        abc,    abc
            YR,          a,      none
            YWJ,         ab,     none
            YWJjZ,       none,   none
            A,           none,   none
            '=',         '',     none
            YQ==!?,      a,      none
            '=YQ',       '',     none
            'YW Jj',     none,   none
            ' YWJj',     none,   none
            YWJ\u0141,   none,   none
            Pz8/,        ???,    none
            Pz8_,        none,   ???
            """)
    void readsWhatIsBase64AndNothingElse(String text, @Nullable String standard, @Nullable String forUrls) {
        assertThat(shown(Base64Text.decode(text))).isEqualTo(standard);
        assertThat(shown(Base64Text.decodeUrl(text))).isEqualTo(forUrls);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 61, 62, 63, 64, 4_000})
    void readsAllThatEncodersWrite(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);

        assertThat(Base64Text.decode(Base64.getEncoder().encodeToString(bytes))).isEqualTo(bytes);
        assertThat(Base64Text.decodeUrl(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                .isEqualTo(bytes);
    }

    private static @Nullable String shown(byte @Nullable [] bytes) {
        return bytes == null ? null : WireText.of(bytes, 0, bytes.length);
    }
}
