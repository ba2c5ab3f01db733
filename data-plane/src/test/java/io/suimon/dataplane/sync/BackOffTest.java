package io.suimon.dataplane.sync;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BackOffTest {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int NODES = 200;

    @Test
    void boundsDoubleUpToTheLongest() {
        var longest = new BackOff(FIRST, LONGEST, new Highest());

        var pauses = IntStream.range(0, 5).mapToObj(i -> longest.pause()).toList();

        assertThat(pauses)
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), LONGEST, LONGEST);
    }

    @Test
    void successBeginsAnew() {
        var backOff = new BackOff(FIRST, LONGEST, new Highest());
        backOff.pause();
        backOff.pause();

        backOff.reset();

        assertThat(backOff.pause()).isEqualTo(FIRST);
    }

    @Test
    void longPauseIsHalfOfTheLongestAtLeast() {
        var backOff = new BackOff(FIRST, LONGEST, new SplittableRandom(1));

        assertThat(backOff.longPause()).isBetween(LONGEST.dividedBy(2), LONGEST);
    }

    @ParameterizedTest(name = "control plane back after {0} s")
    @ValueSource(ints = {0, 1, 3, 10, 60, 600})
    void nodesThatLostTheSameControlPlaneDoNotComeBackAtOnce(int outage) {
        var perTenth = new int[1000];

        for (int node = 0; node < NODES; node++) {
            perTenth[tenthsUntilBack(new SplittableRandom(node), Duration.ofSeconds(outage))]++;
        }

        assertThat(IntStream.of(perTenth).max().orElseThrow()).isLessThan(NODES / 4);
        assertThat(IntStream.of(perTenth).skip(50).sum())
                .as("later than the longest pause")
                .isZero();
    }

    /** Tenths of a second from the control plane's return to a node's first attempt after it. */
    private static int tenthsUntilBack(SplittableRandom random, Duration outage) {
        var backOff = new BackOff(FIRST, LONGEST, random);
        var now = Duration.ZERO;
        do {
            now = now.plus(backOff.pause());
        } while (now.compareTo(outage) < 0);
        return (int) (now.minus(outage).toMillis() / 100);
    }

    /** Always the highest of what is asked for. */
    private static final class Highest implements java.util.random.RandomGenerator {
        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }
}
