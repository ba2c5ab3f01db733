package io.suimon.dataplane.upstream;

import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryBudgetTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** On the clock of a machine that counts below zero, too. */
    private long now = -3 * SECOND;

    @Test
    void aFewAreAllowedInEverySecondHoweverFewRequestsThereAre() {
        var budget = budget(0, 3);

        for (int second = 0; second < 25; second++) {
            assertThat(spend(budget)).isEqualTo(3);
            now += SECOND;
        }
    }

    @Test
    void aShareOfTheRequestsOfTheLastTenSecondsIsAllowed() {
        var budget = budget(20, 0);
        requests(budget, 100);
        now += 9 * SECOND;
        requests(budget, 50);

        int spent = spend(budget);

        assertThat(spent).isEqualTo(30);
    }

    @Test
    void requestsAreForgottenAfterTenSeconds() {
        var budget = budget(20, 0);
        requests(budget, 100);

        now += 10 * SECOND;

        assertThat(spend(budget)).isZero();
    }

    @Test
    void whatWasSpentComesBackAfterTenSeconds() {
        var budget = budget(20, 0);
        requests(budget, 100);
        spend(budget);
        now += 1000 * SECOND;

        requests(budget, 10);

        assertThat(spend(budget)).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} a second on {1} loops: {2} each")
    @CsvSource({"3, 1, 3", "3, 2, 2", "3, 64, 1", "0, 4, 0", "100, 4, 25"})
    void loopsShareTheFew(int perSecond, int loops, int each) {
        assertThat(new RetryAllowance(20, perSecond).perLoop(loops).perSecond()).isEqualTo(each);
    }

    @Property(tries = 200)
    void retriesNeverPassTheShareAndTheFewOfTenSeconds(
            @ForAll @Size(max = 60) int[] waits, @ForAll @IntRange(max = 50) int each) {
        var budget = budget(20, 3);
        long begun = now;
        int requests = 0;
        int retries = 0;

        for (int wait : waits) {
            now += Math.floorMod(wait, 3_000) * 1_000_000L;
            requests(budget, each);
            requests += each;
            retries += spend(budget);
        }

        assertThat(retries).isLessThanOrEqualTo(requests / 5 + 3 * (int) ((now - begun) / SECOND + 1));
    }

    private RetryBudget budget(int percent, int perSecond) {
        return new RetryBudget(new RetryAllowance(percent, perSecond), now);
    }

    private void requests(RetryBudget budget, int requests) {
        for (int i = 0; i < requests; i++) {
            budget.request(now);
        }
    }

    private int spend(RetryBudget budget) {
        int spent = 0;
        while (budget.allows(now)) {
            budget.retry(now);
            spent++;
        }
        return spent;
    }
}
