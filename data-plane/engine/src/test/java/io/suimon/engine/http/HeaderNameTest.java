package io.suimon.engine.http;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HeaderNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "X Y", "X:", "X\r\nSet-Cookie: a", "X\n", "X\u0000", "\u00e9", "X\u007f", "(X)"})
    void aNameThatIsNoTokenCannotBeWritten(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeaderName.of(text))
                .withMessageContaining(text);
        assertThat(HeaderName.sought(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X", "x-Y_0.9", "!#$%&'*+-.^_`|~"})
    void aTokenKeepsItsSpelling(String text) {
        assertThat(HeaderName.of(text).text()).isEqualTo(text);
    }
}
