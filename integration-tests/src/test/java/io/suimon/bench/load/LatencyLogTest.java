package io.suimon.bench.load;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LatencyLogTest {

    @Test
    void percentilesAreTheSmallestThatSoManyDoNotExceed() {
        var latencies = new LatencyLog();
        for (int i = 10_000; i > 0; i--) {
            latencies.add(i * 1_000L);
        }

        var answered = latencies.over(4);

        assertThat(answered).isEqualTo(new Answered(2_500, 5_000, 9_900, 10_000));
    }

    @Test
    void withoutAnAnswerThereIsNoFigure() {
        assertThatThrownBy(() -> new LatencyLog().over(4))
                .isInstanceOf(FailedLoadException.class)
                .hasMessage("answers: 0 (expected: at least one)");
    }
}
