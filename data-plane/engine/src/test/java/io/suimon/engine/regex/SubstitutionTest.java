package io.suimon.engine.regex;

import io.suimon.engine.text.WireText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SubstitutionTest {

    @ParameterizedTest(name = "{0} [{1}] -> {2} in {3}: {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ^/a/(.*)    | `` | /b/$1      | /a/x/y  | /b/x/y
            (x)(y)?     | `` | [$0$1${2}] | axb     | a[xx]b
            x           | `` | $$         | axbx    | a$bx
            X           | i  | -          | axb     | a-b
            a.c         | s  | -          | a.c     | -
            ^b          | a  | -          | ab      |
            (?<n>x)     | `` | $1$1       | x       | xx
            z           | `` | -          | abc     |
            """)
    void replacesTheFirstMatch(String pattern, String flags, String replacement, String text, String expected) {
        var outcome = Substitution.compile(pattern, flags, replacement).first(text);

        assertThat(outcome instanceof Substitution.Outcome.Replaced(var replaced, var captures) ? replaced : null)
                .isEqualTo(expected);
    }

    @Test
    void replacesEveryMatchAndTellsWhatTheFirstCaptured() {
        var outcome = Substitution.compile("(\\d)(z)?", "", "<$1>").all("a1b2");

        assertThat(outcome).isEqualTo(new Substitution.Outcome.Replaced("a<1>b<2>", List.of("1", "1", "")));
    }

    @Test
    void anchoredMatchesFollowEachOther() {
        assertThat(Substitution.compile("a", "a", "b").all("aaca"))
                .isEqualTo(new Substitution.Outcome.Replaced("bbca", List.of("a")));
        assertThat(Substitution.compile("x*", "a", "-").all("ab"))
                .isEqualTo(new Substitution.Outcome.Replaced("-ab", List.of("")));
    }

    @Test
    void anchoredMatchesSeeWhatStandsBeforeThem() {
        assertThat(Substitution.compile("^a", "a", "b").all("aaca"))
                .isEqualTo(new Substitution.Outcome.Replaced("baca", List.of("a")));
        assertThat(Substitution.compile("a|(?<=a)c", "a", "b").all("aaca"))
                .isEqualTo(new Substitution.Outcome.Replaced("bbbb", List.of("a")));
    }

    @Test
    void matchesBytesUnlessToldToMatchCharacters() {
        var wire = WireText.of("é");

        var bytes = Substitution.compile("^.", "", "").first(wire);
        var characters = Substitution.compile("^.", "u", "ü").first(wire);

        assertThat(bytes)
                .isEqualTo(new Substitution.Outcome.Replaced(wire.substring(1), List.of(wire.substring(0, 1))));
        assertThat(characters).isEqualTo(new Substitution.Outcome.Replaced(WireText.of("ü"), List.of(wire)));
    }

    @Test
    void doesNotReplaceWhatItCannotDecide() {
        var outcome = Substitution.compile("^(a|aa)+\\1$", "", "").first("a".repeat(40) + "!");

        assertThat(outcome).isEqualTo(new Substitution.Outcome.Undecided());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            (   | `` | x  | pcre2_compile() failed: missing closing parenthesis in "("
            a   | Q  | x  | unknown flag "Q" (flags "Q")
            a   | `` | $x | failed to compile the replacement template
            a   | `` | ${1 | failed to compile the replacement template
            """)
    void saysWhatIsWrong(String pattern, String flags, String replacement, String expected) {
        assertThatThrownBy(() -> Substitution.compile(pattern, flags, replacement))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(expected);
    }
}
