package io.suimon.dataplane.discovery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StateLinesTest {

    private final AtomicLong now = new AtomicLong();
    private final StateLines lines = new StateLines(now::get);

    @Test
    void moreLinesThanTheBoundAreCountedInTheNextWindow() {
        int shown = 0;
        for (int i = 0; i < StateLines.MAX_LINES + 7; i++) {
            shown += lines.takeTurn() == 0 ? 1 : 0;
        }

        now.addAndGet(TimeUnit.SECONDS.toNanos(10));

        assertThat(shown).isEqualTo(StateLines.MAX_LINES);
        assertThat(lines.takeTurn()).isEqualTo(7);
        assertThat(lines.takeTurn()).isZero();
    }
}
