package io.suimon.chaos;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LedgerTest {

    private static final AdminAnswer WRITTEN = new AdminAnswer(201, "{}");
    private static final AdminAnswer REFUSED = new AdminAnswer(503, "{\"may_take_effect\":false}");
    private static final AdminAnswer UNKNOWN = new AdminAnswer(503, "{\"may_take_effect\":true}");
    private static final AdminAnswer SILENT = new AdminAnswer(0, "timed out");

    private final Ledger ledger = new Ledger();

    private List<String> violationsWhen(int value) {
        return ledger.violations(key -> value);
    }

    @Test
    void nothingWrittenIsNothingExpected() {
        ledger.write("a", 1, () -> REFUSED);

        assertThat(violationsWhen(-1)).isEmpty();
        assertThat(violationsWhen(1)).containsExactly("a is 1 (expected: one of [-1])");
    }

    @Test
    void acknowledgedValueHasToBeThere() {
        ledger.write("a", 1, () -> WRITTEN);
        ledger.write("a", 2, () -> REFUSED);

        assertThat(violationsWhen(1)).isEmpty();
        assertThat(violationsWhen(-1)).hasSize(1);
        assertThat(violationsWhen(2)).hasSize(1);
    }

    @Test
    void unknownOutcomeMayBeEither() {
        ledger.write("a", 1, () -> WRITTEN);
        ledger.write("a", 2, () -> UNKNOWN);
        ledger.write("a", 3, () -> SILENT);

        assertThat(violationsWhen(1)).isEmpty();
        assertThat(violationsWhen(2)).isEmpty();
        assertThat(violationsWhen(3)).isEmpty();
    }

    @Test
    void overtakenValueMayNotComeBack() {
        ledger.write("a", 1, () -> UNKNOWN);
        ledger.write("a", 2, () -> WRITTEN);

        assertThat(violationsWhen(2)).isEmpty();
        assertThat(violationsWhen(1)).hasSize(1);
    }
}
