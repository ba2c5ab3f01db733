package io.suimon.bench.load;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WrkOutputTest {

    @Test
    void figuresAreReadInTheirUnits() {
        var answered = WrkOutput.parse(Captured.text("wrk.txt"));

        assertThat(answered).isEqualTo(new Answered(31_358.07, 890, 61_800, 63_609));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "wrk-not-found.txt     | wrk: Non-2xx or 3xx responses: 13900",
                "wrk-socket-errors.txt | wrk: Socket errors: connect 0, read 7098, write 0, timeout 0",
            })
    void whatWasNotAnsweredAsExpectedIsAFailure(String file, String message) {
        assertThatThrownBy(() -> WrkOutput.parse(Captured.text(file)))
                .isInstanceOf(FailedLoadException.class)
                .hasMessage(message);
    }

    @Test
    void somethingElseIsAFailureThatShowsIt() {
        assertThatThrownBy(() -> WrkOutput.parse("Segmentation fault"))
                .isInstanceOf(FailedLoadException.class)
                .hasMessageContaining("Segmentation fault");
    }
}
