package io.suimon.bench.admin;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FindingTest {

    @Test
    void aNumberAtItsLimitMeetsItAndOneBeyondMissesIt() {
        assertThat(Finding.atMost("median", 3, "ms", 3).row()).isEqualTo("| median | 3 ms | <= 3 ms | met |\n");
        assertThat(Finding.atMost("median", 3.14159, "ms", 3).row())
                .isEqualTo("| median | 3.14 ms | <= 3 ms | **missed** |\n");
        assertThat(Finding.atLeast("PUT", 1_000, "per second", 1_000).row())
                .isEqualTo("| PUT | 1,000 per second | >= 1,000 per second | met |\n");
        assertThat(Finding.atLeast("PUT", 999.4, "per second", 1_000).row())
                .isEqualTo("| PUT | 999.4 per second | >= 1,000 per second | **missed** |\n");
    }

    @Test
    void percentilesAreLatenciesThatWereMeasured() {
        var nanos =
                LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000).toArray();

        var latencies = Latencies.of(nanos, Duration.ofSeconds(2));

        assertThat(latencies.medianMillis()).isEqualTo(100);
        assertThat(latencies.p99Millis()).isEqualTo(198);
        assertThat(latencies.perSecond()).isEqualTo(100);
    }
}
