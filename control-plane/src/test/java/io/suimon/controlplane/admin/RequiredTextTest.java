package io.suimon.controlplane.admin;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequiredTextTest {

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "orders       ; orders",
                "^/api/.*     ; /api/",
                "ab.cde       ; cde",
                "abc*de       ; ab",
                "abc+d        ; abc",
                "abcd?        ; abc",
                "a*           ; ''",
                ".*           ; ''",
                "a|b          ; ''",
                "(?i)orders   ; ''",
                "orders[0-9]  ; ''",
                "orders\\d    ; ''",
                "x{0}         ; ''",
            })
    void isWhatEveryMatchHolds(String expression, String required) {
        assertThat(RequiredText.of(expression)).isEqualTo(required);
    }

    @Property
    void isInEveryTextTheExpressionIsFoundIn(
            @ForAll @From("expressions") String expression, @ForAll @From("texts") String text) {
        boolean found = SearchPattern.of(expression).occursIn(text);

        assertThat(found && !text.contains(RequiredText.of(expression))).isFalse();
    }

    @Provide
    Arbitrary<String> expressions() {
        return Arbitraries.strings().withChars("abé^$.*?+|(").ofMaxLength(7);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abé").ofMaxLength(7);
    }
}
