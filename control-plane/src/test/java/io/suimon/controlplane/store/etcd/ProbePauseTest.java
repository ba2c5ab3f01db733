package io.suimon.controlplane.store.etcd;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProbePauseTest {

    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int CONTROL_PLANES = 1_000;

    @Property
    void liesBetweenHalfAndAllOfALengthThatDoublesUpToTheLongest(
            @ForAll long seed, @ForAll @IntRange(max = Integer.MAX_VALUE) int failures) {
        var length = Duration.ofMillis(Math.min(5_000, 50L << Math.min(failures, 20)));

        var pause = Duration.ofNanos(ProbePause.nanos(failures, LONGEST, new SplittableRandom(seed)));

        assertThat(pause).isBetween(length.dividedBy(2), length);
    }

    @Property
    void twoFailuresMoreDoubleThePauseAtLeast(@ForAll long seed, @ForAll @IntRange(min = 2, max = 6) int failures) {
        long now = ProbePause.nanos(failures, LONGEST, new SplittableRandom(seed));
        long before = ProbePause.nanos(failures - 2, LONGEST, new SplittableRandom(~seed));

        assertThat(now).isGreaterThanOrEqualTo(2 * before);
    }

    @Test
    void controlPlanesThatLostTheSameMemberDoNotProbeItAtOnce() {
        var perTenth = LongStream.range(0, CONTROL_PLANES)
                .map(seed -> ProbePause.nanos(10, LONGEST, new SplittableRandom(seed)))
                .boxed()
                .collect(Collectors.groupingBy(nanos -> nanos / 100_000_000, Collectors.counting()));

        assertThat(perTenth).hasSizeGreaterThanOrEqualTo(25);
        assertThat(perTenth.values()).allMatch(count -> count < CONTROL_PLANES / 10);
    }
}
