package io.suimon.chaos;

import io.suimon.chaos.Sample.Outcome;
import io.suimon.chaos.Sample.Signal;
import io.suimon.chaos.Sight.State;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Ten seconds of one request each 100 ms, of which the fault held from the third to the sixth and cost three requests. */
class ReportTest {

    private static final long SECOND = 1_000_000_000;

    private final Experiment experiment = new Experiment(
            "cut",
            "a <b> is cut",
            "nothing | happens",
            Duration.ofSeconds(3),
            Fault.of(bed -> {}, bed -> {}),
            List.of(),
            List.of(),
            List.of(Expectation.noRequestFails(), Expectation.requestRateUnchanged()));

    private final Observation seen = new Observation(
            IntStream.range(0, 100)
                    .mapToObj(i -> new Sample(
                            Signal.TRAFFIC,
                            i * SECOND / 10,
                            i >= 40 && i < 43 ? Outcome.FAILED : Outcome.OK,
                            (i + 1) * 1_000_000L,
                            i < 43 ? "HTTP/1.1 502 <Bad>" : ""))
                    .toList(),
            List.of(
                    sight(1, 0, State.REACHED, State.REACHED),
                    sight(4, 0, State.NOT_REACHED, State.NOT_REACHED),
                    sight(5, 1, State.UNKNOWN, State.UNKNOWN),
                    sight(8, 0, State.REACHED, State.NOT_REACHED)),
            0,
            3 * SECOND,
            3 * SECOND,
            6 * SECOND,
            10 * SECOND,
            ControlPlaneLog.NOTHING,
            Duration.ZERO,
            0,
            List.of());

    private static Sight sight(int second, int controlPlane, State store, State member) {
        return new Sight(second * SECOND, controlPlane, store, List.of(member, member));
    }

    @Test
    void whatIsMeasuredThroughoutIsToldBeforeDuringAndAfter() {
        assertThat(SteadyState.of(seen))
                .contains(
                        new SteadyState.Row("requests answered per second", "10.0", "9.0", "10.0"),
                        new SteadyState.Row("failed requests", "0", "3", "0"),
                        new SteadyState.Row(
                                "etcd is reached, of what control planes say",
                                "1 of 1",
                                "0 of 2, 1 not answered",
                                "1 of 1"),
                        new SteadyState.Row("etcd members a control plane leaves out, at most", "0", "2", "2"));
    }

    @Test
    void storeThatIsAwayHasToBeToldByBothControlPlanes() {
        var finding = Expectation.etcdIsToldToBeAwayAndBack().judge(seen);

        assertThat(finding.kept()).isFalse();
        assertThat(finding.measured()).isEqualTo("not reached: 1 of 2; reached again: 1 of 2");
    }

    @Test
    void answerOfAControlPlaneIsReadAndSilenceIsUnknown() {
        var said = new AdminAnswer(200, "{\"reachable\":true,\"endpoints\":[{\"up\":true},{\"up\":false}]}");

        assertThat(Sight.of(7, 1, 2, said))
                .isEqualTo(new Sight(7, 1, State.REACHED, List.of(State.REACHED, State.NOT_REACHED)));
        assertThat(Sight.of(7, 1, 2, new AdminAnswer(0, "timed out")))
                .isEqualTo(new Sight(7, 1, State.UNKNOWN, List.of(State.UNKNOWN, State.UNKNOWN)));
    }

    @Test
    void windowsDivideTheSamplesByWhenTheyWereDue() {
        var during = seen.during(Signal.TRAFFIC);

        assertThat(seen.before(Signal.TRAFFIC).count()).isEqualTo(30);
        assertThat(during.count()).isEqualTo(30);
        assertThat(during.count(Outcome.FAILED)).isEqualTo(3);
        assertThat(during.rate()).isEqualTo(9);
        assertThat(during.percentile(0.5)).isEqualTo(46);
        assertThat(during.slowest()).isEqualTo(60);
    }

    @Test
    void brokenPromisesAreFound() {
        var findings = experiment.expectations().stream()
                .map(expectation -> expectation.judge(seen))
                .toList();

        assertThat(findings)
                .containsExactly(
                        new Finding(
                                "failed requests",
                                "0",
                                "3 of 70: at 1.0 s, 41 ms: HTTP/1.1 502 <Bad>; at 1.1 s, 42 ms: HTTP/1.1 502 <Bad>; "
                                        + "at 1.2 s, 43 ms: HTTP/1.1 502 <Bad>",
                                false),
                        new Finding("requests answered per second", "as before, 10.0 (at least 97 %)", "9.0", false));
    }

    @Test
    void whatIsAmissIsToldWithItsMomentAndItsLengthAndNotEndlessly() {
        var account =
                seen.since(Signal.TRAFFIC).account(sample -> sample.nanos() >= 50 * SECOND / 1_000, seen.faultAt());

        assertThat(account)
                .startsWith(": at 1.9 s, 50 ms: ; at 2.0 s, 51 ms: ; ")
                .endsWith("; at 2.3 s, 54 ms: ; and 46 more");
    }

    @Test
    void refusedWritesAreToldWhereAllShouldSucceed() {
        var refused = new Sample(Signal.WRITE, 4 * SECOND, Outcome.REFUSED, SECOND / 2, "control plane 2: 503 {}");
        var slow = new Sample(Signal.WRITE, 5 * SECOND, Outcome.OK, 4 * SECOND, "control plane 1: 200 {}");
        var good = new Sample(Signal.WRITE, 5 * SECOND, Outcome.OK, SECOND, "control plane 1: 200 {}");

        var finding = Expectation.writesSucceedWithin(Duration.ofSeconds(3)).judge(with(refused, slow, good));

        assertThat(finding.kept()).isFalse();
        assertThat(finding.measured())
                .isEqualTo("2 of 3 succeeded, slowest 4000 ms: at 1.0 s, 500 ms: control plane 2: 503 {}; "
                        + "at 2.0 s, 4000 ms: control plane 1: 200 {}");
    }

    private Observation with(Sample... samples) {
        return new Observation(
                List.of(samples),
                seen.sights(),
                seen.startedAt(),
                seen.faultAt(),
                seen.heldFrom(),
                seen.healedAt(),
                seen.endedAt(),
                seen.log(),
                seen.cpu(),
                0,
                List.of());
    }

    @Test
    void whatWasNotRunIsSaidAndCountsAsNeither() {
        var results = List.<Result>of(
                new Result.Judged(experiment, seen, List.of()), new Result.NotRun(experiment, "needs root & more"));

        var html = HtmlReport.page(results);
        var markdown = MarkdownReport.page(results);

        assertThat(html).contains("1 of 1 promises kept, 1 not run", "not run: needs root &amp; more");
        assertThat(markdown).contains("| not run: needs root & more |", "\nNot run: needs root & more.\n");
    }

    @Test
    void exitCodeTellsBrokenFromKeptFromNeverTried() {
        var kept = new Result.Judged(experiment, seen, List.of(new Finding("a", "b", "c", true)));
        var broken = new Result.Judged(experiment, seen, List.of(new Finding("a", "b", "c", false)));
        var notRun = new Result.NotRun(experiment, "needs root");

        assertThat(Result.exitCode(List.of(kept, kept))).isZero();
        assertThat(Result.exitCode(List.of(kept, notRun))).isZero();
        assertThat(Result.exitCode(List.of(kept, notRun, broken))).isEqualTo(1);
        assertThat(Result.exitCode(List.of(notRun, notRun))).isEqualTo(3);
    }

    @Test
    void pagesShowWhatWasFoundAndEscapeIt() {
        var finding = new Finding("failed <requests>", "0", "3 | more", false);
        var results = List.<Result>of(new Result.Judged(experiment, seen, List.of(finding)));

        var html = HtmlReport.page(results);
        var markdown = MarkdownReport.page(results);

        assertThat(html)
                .contains("0 of 1 promises kept", "a &lt;b&gt; is cut", "failed &lt;requests&gt;", "<svg")
                .contains("etcd as each control plane sees it", "<rect class=\"unknown\"", "0 of 2, 1 not answered")
                .doesNotContain("{{");
        assertThat(markdown)
                .contains(
                        "| etcd members a control plane leaves out, at most | 0 | 2 | 2 |",
                        "nothing \\| happens",
                        "| failed <requests> | 0 | 3 \\| more | **broken** |");
    }
}
