package io.suimon.engine.regex;

import io.suimon.engine.text.WireText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BoundedRegexTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a|a)*$",
                "(.*)*(.*)*(.*)*=$",
                "^(x+x+)+y$",
                "^(a|aa)+\\1$",
                "^(?:a|b|ab)*c$",
                "(?i)(A*)*B"
            })
    @Timeout(60)
    void givesUpWhatWouldTakeForever(String pattern) {
        var outcome = BoundedRegex.compile(pattern).search("a".repeat(5_000) + "x".repeat(5_000) + "!");

        assertThat(outcome).isNotEqualTo(BoundedRegex.Outcome.FOUND);
    }

    @Test
    void saysThatItGaveUp() {
        var regex = BoundedRegex.compile("^(a|aa)+\\1$");

        assertThat(regex.search("a".repeat(40) + "!")).isEqualTo(BoundedRegex.Outcome.UNDECIDED);
        assertThat(regex.foundIn("a".repeat(40) + "!")).isFalse();
        assertThat(regex.foundIn("aaa")).isTrue();
    }

    @Test
    @Timeout(60)
    void givesUpWhatRecursesTooDeep() {
        var regex = BoundedRegex.compile("^(a|b)*$");

        assertThat(regex.foundIn("ab".repeat(200))).isTrue();
        assertThat(regex.search("ab".repeat(1 << 20) + "c")).isEqualTo(BoundedRegex.Outcome.UNDECIDED);
    }

    @Test
    void searchesLongTextsWhole() {
        var regex = BoundedRegex.compile("n[e]{2}dle$");

        assertThat(regex.foundIn("hay".repeat(300_000) + "needle")).isTrue();
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            ^a$          ~ a      ~ true
            ^a$          ~ a\\n   ~ false
            (?m)^a$      ~ a\\nb  ~ true
            (?m:^a$)|b$  ~ b\\n   ~ false
            ^a\\$[$]     ~ a$$    ~ true
            ^.$          ~ é      ~ true
            ^.$          ~ 😀     ~ true
            ^[^é]$       ~ ü      ~ true
            (?i)^É$      ~ é      ~ true
            """)
    void seesTheVeryEndAndCharactersInValues(String pattern, String text, boolean found) {
        assertThat(BoundedRegex.forValues(pattern).foundIn(text.translateEscapes()))
                .isEqualTo(found);
    }

    @Test
    void seesBytesInTextFromTheWire() {
        assertThat(BoundedRegex.compile("^é..$").foundIn(WireText.of("éé"))).isTrue();
    }

    @Test
    void namesAFlagItDoesNotKnow() {
        assertThatThrownBy(() -> BoundedRegex.compile("a", "iQ"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown flag \"Q\" (flags \"iQ\")");
    }
}
