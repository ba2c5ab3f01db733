package io.suimon.controlplane.mirror;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PauseTest {

    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final List<Integer> LENGTHS = List.of(50, 100, 200, 400, 800, 1_000, 1_000);
    private static final int CONTROL_PLANES = 1_000;

    @Property
    void eachLiesBetweenHalfAndAllOfALengthThatDoublesUpToTheLongest(@ForAll long seed) {
        var pause = new Pause(LONGEST, new SplittableRandom(seed));

        var drawn = LENGTHS.stream().map(length -> pause.next().toMillis()).toList();

        assertThat(IntStream.range(0, LENGTHS.size()))
                .allSatisfy(i -> assertThat(drawn.get(i)).isBetween(LENGTHS.get(i) / 2L, (long) LENGTHS.get(i)));
    }

    @Property
    void successBeginsAnew(@ForAll long seed) {
        var pause = new Pause(LONGEST, new SplittableRandom(seed));
        LENGTHS.forEach(length -> pause.next());

        pause.reset();

        assertThat(pause.next()).isBetween(Duration.ofMillis(25), Duration.ofMillis(50));
    }

    @Test
    void controlPlanesThatLostTheSameStoreDoNotComeBackAtOnce() {
        var perTwentieth = LongStream.range(0, CONTROL_PLANES)
                .map(PauseTest::lastOfSeven)
                .boxed()
                .collect(Collectors.groupingBy(millis -> millis / 50, Collectors.counting()));

        assertThat(perTwentieth).hasSizeGreaterThanOrEqualTo(10);
        assertThat(perTwentieth.values()).allMatch(count -> count < CONTROL_PLANES / 5);
    }

    private static long lastOfSeven(long seed) {
        var pause = new Pause(LONGEST, new SplittableRandom(seed));
        LENGTHS.subList(1, LENGTHS.size()).forEach(length -> pause.next());
        return pause.next().toMillis();
    }
}
