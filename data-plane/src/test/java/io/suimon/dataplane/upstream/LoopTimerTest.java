package io.suimon.dataplane.upstream;

import io.suimon.dataplane.upstream.LoopTimer.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoopTimerTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private long clock = 1_000_000_007L;
    private final LoopTimer timer = new LoopTimer(() -> clock);

    /** Wants to be asked at a time, and notes when it was. */
    private static final class Guest extends Waiting {
        private final List<Long> asked = new ArrayList<>();
        private long next;

        private Guest(long next) {
            this.next = next;
        }

        @Override
        protected long tick(long now) {
            asked.add(now);
            return next;
        }
    }

    private Guest guest(long next) {
        var guest = new Guest(next);
        timer.add(guest);
        return guest;
    }

    private void pass(long nanos) {
        for (long end = clock + nanos; clock < end; ) {
            clock += LoopTimer.TICK_NANOS;
            timer.tick();
        }
    }

    @Test
    void whoRestsIsAskedOnceWhenItsTimeHasCome() {
        var guest = guest(clock + MINUTE);

        pass(MINUTE - LoopTimer.TICK_NANOS);
        int before = guest.asked.size();
        pass(2 * LoopTimer.TICK_NANOS);

        assertThat(before).isBetween(1, 2); // the first tick, and the one that may be just too early
        assertThat(guest.asked).anyMatch(time -> time >= guest.next && time <= guest.next + LoopTimer.TICK_NANOS);
    }

    @Test
    void whoNamesATimeThatHasPassedIsAskedAtEachTick() {
        var guest = guest(0);

        pass(100 * LoopTimer.TICK_NANOS);

        assertThat(guest.asked).hasSize(100);
    }

    @Test
    void whoWaitsForAnEventOnlyIsAskedWhenItCame() {
        var guest = guest(LoopTimer.NEVER);
        pass(10 * MINUTE);

        timer.wake(guest);
        pass(LoopTimer.TICK_NANOS);

        assertThat(guest.asked).hasSize(2);
    }

    @Test
    void anEarlierTimeHoldsAtOnceAndALaterOneWhenAsked() {
        var guest = guest(clock + MINUTE);
        pass(LoopTimer.TICK_NANOS);

        timer.wake(guest, clock + 2 * MINUTE);
        pass(LoopTimer.TICK_NANOS);
        int afterALaterTime = guest.asked.size();
        timer.wake(guest, clock + TimeUnit.SECONDS.toNanos(1));
        pass(LoopTimer.TICK_NANOS);

        assertThat(afterALaterTime).isEqualTo(1);
        assertThat(guest.asked).hasSize(2);
    }

    @Test
    void whoRestsForLongerThanTheWheelTurnsIsNotLost() {
        var guest = guest(clock + 60 * MINUTE);

        pass(60 * MINUTE + LoopTimer.TICK_NANOS);

        assertThat(guest.asked).hasSizeLessThan(50);
        assertThat(guest.asked.getLast()).isGreaterThanOrEqualTo(guest.next);
    }

    @Test
    void aLoopThatWasBusyForLongMissesNobody() {
        var soon = guest(clock + MINUTE);
        var late = guest(clock + 30 * MINUTE);
        pass(LoopTimer.TICK_NANOS);

        clock += 40 * MINUTE;
        timer.tick();

        assertThat(soon.asked.getLast()).isEqualTo(clock);
        assertThat(late.asked.getLast()).isEqualTo(clock);
    }

    @Test
    void whoLeftIsNotAskedWhereverItWas() {
        var awake = guest(0);
        var resting = guest(clock + MINUTE);
        var waiting = guest(LoopTimer.NEVER);
        pass(LoopTimer.TICK_NANOS);

        for (var guest : List.of(awake, resting, waiting)) {
            timer.remove(guest);
            timer.wake(guest);
        }
        pass(2 * MINUTE);

        assertThat(List.of(awake, resting, waiting))
                .allSatisfy(guest -> assertThat(guest.asked).hasSize(1));
    }

    @Test
    void whoIsAskedMayLeaveAndEndOthersAndLetNewOnesCome() {
        var victim = guest(0);
        var heir = new Guest(0);
        var ending = new Waiting() {
            @Override
            protected long tick(long now) {
                timer.remove(this);
                timer.remove(victim);
                timer.add(heir);
                return now;
            }
        };
        timer.add(ending);

        pass(3 * LoopTimer.TICK_NANOS);

        assertThat(victim.asked).hasSizeLessThanOrEqualTo(1);
        assertThat(heir.asked).hasSize(2);
    }

    /** Against the simple model: each tick, everybody whose time has come is asked, and nobody but at first long before it. */
    @Property(tries = 300)
    void nobodyIsAskedLateNorOftenForNothing(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 300_000) Integer> millis,
            @ForAll @Size(max = 60) List<@IntRange(min = 100, max = 20_000) Integer> pauses) {
        long began = clock;
        var guests = millis.stream()
                .map(wait -> guest(began + TimeUnit.MILLISECONDS.toNanos(wait)))
                .toList();

        for (int pause : pauses) {
            clock += TimeUnit.MILLISECONDS.toNanos(pause);
            timer.tick();
            assertThat(guests).allSatisfy(guest -> {
                if (guest.next <= clock) {
                    assertThat(guest.asked).last().isEqualTo(clock);
                }
            });
        }

        long forNothing = (clock - began) / (1000 * LoopTimer.TICK_NANOS) + 3;
        assertThat(guests)
                .allSatisfy(guest -> assertThat(guest.asked.stream().filter(time -> time < guest.next))
                        .hasSizeLessThanOrEqualTo((int) forNothing));
        guests.forEach(timer::remove);
    }
}
