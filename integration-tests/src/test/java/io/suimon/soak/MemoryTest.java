package io.suimon.soak;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryTest {

    private static List<Double> quarters(double... values) {
        return Stream.of(values)
                .flatMapToDouble(java.util.Arrays::stream)
                .boxed()
                .flatMap(value -> Collections.nCopies(30, value).stream())
                .toList();
    }

    @ParameterizedTest(name = "{0} MiB, then {1} MiB: {2}")
    @CsvSource({"20, 28, true", "20, 28.1, false", "20, 12, true"})
    void whatLivesMayGrowByWhatCachesTake(double before, double behind, boolean kept) {
        var lines = new Memory(before, behind, List.of()).judged();

        assertThat(lines.getFirst().kept()).isEqualTo(kept);
    }

    @ParameterizedTest(name = "{0} MiB in the second quarter, {1} MiB in the last: {2}")
    @CsvSource({"100, 116, true", "100, 117, false", "300, 330, true", "300, 331, false"})
    void residentMemoryIsJudgedFromItsSecondQuarterOn(double second, double last, boolean kept) {
        var lines = new Memory(0, 0, quarters(10, second, second, last)).judged();

        assertThat(lines.getLast().kept()).isEqualTo(kept);
    }

    @Test
    void lessThanTwoMinutesSayNothing() {
        var lines = new Memory(0, 0, List.of(1.0, 1000.0)).judged();

        assertThat(lines.getLast().measured()).isEqualTo("not judged: less than two minutes of traffic");
    }
}
