package io.suimon.controlplane.admin;

import io.suimon.process.TestPatience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SearchPatternTest {

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource({
        "b,             abc, true",
        "B,             abc, false",
        "^b,            abc, false",
        "^.$,           é,   true",
        "[[:digit:]],   a1,  true",
        "(?P<x>a)(?P=x), aa, true",
        "^(a|aa)+\\1$,  aaa, true",
        "(,             (,   false",
    })
    void occursWhere(String expression, String text, boolean occurs) {
        assertThat(SearchPattern.of(expression).occursIn(text)).isEqualTo(occurs);
    }

    @Test
    @Timeout(TestPatience.SECONDS)
    void findsNothingMoreOnceItIsTooExpensive() {
        var pattern = SearchPattern.of("^(a|aa)+\\1$");
        pattern.occursIn("a".repeat(60) + "!");

        boolean occurs = pattern.occursIn("aaa");

        assertThat(occurs).isFalse();
        assertThat(pattern.givenUp()).isTrue();
    }
}
