package io.suimon.chaos;

import io.suimon.chaos.RandomDraw.Drawn;
import io.suimon.chaos.RandomDraw.Kind;
import io.suimon.chaos.RandomDraw.Round;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RandomDrawTest {

    private static final Duration DAY = Duration.ofDays(1);

    private static List<Round> rounds(long seed, Duration within) {
        return new RandomDraw(new SplittableRandom(seed), 3, 2).rounds(within);
    }

    @Test
    void sameSeedDrawsTheSameFaultsAndAnotherSeedOthers() {
        var drawn = rounds(7, DAY);

        assertThat(rounds(7, DAY)).isEqualTo(drawn);
        assertThat(rounds(8, DAY)).isNotEqualTo(drawn);
    }

    @Test
    void shorterRunIsTheBeginningOfALongerOne() {
        var hour = rounds(7, Duration.ofHours(1));

        assertThat(rounds(7, DAY)).startsWith(hour.toArray(Round[]::new));
    }

    @Test
    void everyKindIsDrawnForEveryTarget() {
        var drawn = rounds(7, DAY).stream().flatMap(round -> round.faults().stream());

        assertThat(drawn.distinct())
                .hasSize(8 * 3 + 7 * 2)
                .extracting(Drawn::kind)
                .contains(Kind.values());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 7, 42})
    void faultsOfARoundAreOneOrTwoThatDoNotExcludeEachOther(long seed) {
        var drawn = rounds(seed, DAY);

        assertThat(drawn).extracting(round -> round.faults().size()).contains(1, 2);
        assertThat(drawn).allSatisfy(round -> assertThat(round.faults()).hasSizeBetween(1, 2));
        assertThat(drawn)
                .filteredOn(round -> round.faults().size() == 2)
                .noneMatch(round ->
                        round.faults().getFirst().excludes(round.faults().getLast()));
    }

    @ParameterizedTest(name = "{0} of {1}, {2} of {3}: {4}")
    @CsvSource({
        "ETCD_KILLED,          1, ETCD_FROZEN,          1, true",
        "ETCD_KILLED,          1, ETCD_FROZEN,          2, false",
        "ETCD_KILLED,          1, CONTROL_PLANE_KILLED, 1, false",
        "ETCD_SILENT,          0, ETCD_SLOW,            2, true", // which is on the way to all members
        "ETCD_SLOW,            2, ETCD_CUT,             0, true",
        "ETCD_SLOW,            0, ETCD_KILLED,          0, false",
        "STREAM_CUT,           1, STREAM_LOSSY,         1, true",
        "CONTROL_PLANE_KILLED, 0, CONTROL_PLANE_FROZEN, 0, true",
    })
    void faultsExcludeEachOtherThatTouchTheSameThing(Kind one, int first, Kind other, int second, boolean excluded) {
        assertThat(new Drawn(one, first).excludes(new Drawn(other, second))).isEqualTo(excluded);
    }

    @Test
    void aRoundIsToldToPeople() {
        var round = new Round(
                List.of(new Drawn(Kind.ETCD_FROZEN, 1), new Drawn(Kind.ETCD_SLOW, 2)),
                Duration.ofMillis(3_240),
                Duration.ofSeconds(1));

        assertThat(round.summary()).isEqualTo("etcd frozen (2) and etcd slow for 3.2 s");
    }

    @ParameterizedTest(name = "{0} min")
    @ValueSource(ints = {1, 5, 30})
    void faultsEndWithinTheMinutesAndFillThem(int minutes) {
        var drawn = rounds(7, Duration.ofMinutes(minutes));

        var length = drawn.stream().map(Round::length).reduce(Duration.ZERO, Duration::plus);
        assertThat(length)
                .isBetween(
                        Duration.ofMinutes(minutes).minus(RandomDraw.LONGEST.multipliedBy(2)),
                        Duration.ofMinutes(minutes));
        assertThat(drawn).allSatisfy(round -> {
            assertThat(round.held()).isBetween(RandomDraw.SHORTEST, RandomDraw.LONGEST);
            assertThat(round.rest()).isBetween(RandomDraw.SHORTEST, RandomDraw.LONGEST);
        });
    }
}
