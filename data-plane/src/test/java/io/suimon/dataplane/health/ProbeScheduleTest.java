package io.suimon.dataplane.health;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeScheduleTest {

    private final List<Counted> turns = new ArrayList<>();

    private final class Counted extends ProbeSchedule.Entry {
        @Override
        void turn() {
            turns.add(this);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 250, 10_000})
    void everybodyHasOneTurnASecondAndNoSlotMoreThanItsShare(int entries) {
        var schedule = new ProbeSchedule(-17);
        IntStream.range(0, entries).forEach(i -> schedule.add(new Counted()));

        var perSlot = IntStream.range(0, ProbeSchedule.SLOTS)
                .map(slot -> {
                    int before = turns.size();
                    schedule.turn();
                    return turns.size() - before;
                })
                .boxed()
                .toList();

        assertThat(turns).hasSize(entries).doesNotHaveDuplicates();
        assertThat(perSlot).allSatisfy(size -> assertThat(size).isBetween(entries / 50, (entries + 49) / 50));
    }

    @Test
    void whoLeftHasNoTurn() {
        var schedule = new ProbeSchedule(0);
        var entries = IntStream.range(0, 300).mapToObj(i -> new Counted()).toList();
        entries.forEach(schedule::add);

        entries.subList(0, 299).forEach(schedule::remove);
        IntStream.range(0, ProbeSchedule.SLOTS).forEach(slot -> schedule.turn());

        assertThat(turns).containsExactly(entries.getLast());
        schedule.remove(entries.getLast());
        assertThat(schedule.isEmpty()).isTrue();
    }
}
