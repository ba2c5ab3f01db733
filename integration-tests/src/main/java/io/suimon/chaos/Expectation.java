package io.suimon.chaos;

import io.suimon.chaos.Sample.Outcome;
import io.suimon.chaos.Sample.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Judges what was measured. */
interface Expectation {

    Finding judge(Observation seen);

    /** What holds in nearly all experiments: no request fails, as many are answered as before, and nothing written is lost; and more. */
    static List<Expectation> unharmed(Expectation... more) {
        var all = new ArrayList<>(List.of(noRequestFails(), requestRateUnchanged()));
        all.addAll(List.of(more));
        all.add(nothingIsLost());
        return all;
    }

    /** What no fault of the configuration's side may cost: a single request. */
    static Expectation noRequestFails() {
        return seen -> {
            var traffic = seen.since(Signal.TRAFFIC);
            int failed = traffic.count(Outcome.FAILED);
            return new Finding(
                    "failed requests",
                    "0",
                    failed + " of " + traffic.count() + traffic.account(isNot(Outcome.OK), seen.faultAt()),
                    failed == 0 && traffic.count() > 0);
        };
    }

    static Expectation requestRateUnchanged() {
        return seen -> {
            double before = seen.before(Signal.TRAFFIC).rate();
            double during = seen.during(Signal.TRAFFIC).rate();
            return new Finding(
                    "requests answered per second",
                    "as before, %s (at least 97 %%)".formatted(number(before)),
                    number(during),
                    during >= 0.97 * before && before > 0);
        };
    }

    /** At most so much, or three times what it was before, whichever is more: a busy machine is slow without any fault. */
    static Expectation latencyBelow(double millis) {
        return seen -> {
            double before = seen.before(Signal.TRAFFIC).percentile(0.99);
            double during = seen.during(Signal.TRAFFIC).percentile(0.99);
            double limit = Math.max(millis, 3 * before);
            return new Finding(
                    "p99 of requests while the fault holds",
                    "at most %s ms".formatted(number(limit)),
                    "%s ms (before: %s ms)".formatted(number(during), number(before)),
                    during <= limit);
        };
    }

    /** Every read is answered, from the first moment of the fault to the end, within a second. */
    static Expectation readsAreAnswered() {
        return seen -> {
            var reads = seen.since(Signal.READ);
            int bad = reads.count() - reads.count(Outcome.OK);
            return new Finding(
                    "reads of the Admin API",
                    "all answered 200 within 1000 ms",
                    "%d of %d answered 200, slowest %s ms%s"
                            .formatted(
                                    reads.count(Outcome.OK),
                                    reads.count(),
                                    number(reads.slowest()),
                                    reads.account(isNotOkWithin(Duration.ofSeconds(1)), seen.faultAt())),
                    bad == 0 && reads.count() > 0 && reads.slowest() <= 1_000);
        };
    }

    static Expectation writesSucceedWithin(Duration limit) {
        return seen -> {
            var writes = seen.since(Signal.WRITE);
            return new Finding(
                    "writes",
                    "all succeed within %d ms".formatted(limit.toMillis()),
                    "%d of %d succeeded, slowest %s ms%s"
                            .formatted(
                                    writes.count(Outcome.OK),
                                    writes.count(),
                                    number(writes.slowest()),
                                    writes.account(isNotOkWithin(limit), seen.faultAt())),
                    writes.count(Outcome.OK) == writes.count()
                            && writes.count() > 0
                            && writes.slowest() <= limit.toMillis());
        };
    }

    /** Every write that is answered while the fault holds is answered 503, in time, with a word on whether it may still take effect. */
    static Expectation writesAreRefusedWithin(Duration limit) {
        return seen -> {
            var writes = seen.answeredDuring(Signal.WRITE);
            return new Finding(
                    "writes while the fault holds",
                    "answered 503 within %d ms, saying whether they may still take effect".formatted(limit.toMillis()),
                    "%d of %d answered so, slowest %s ms%s"
                            .formatted(
                                    writes.count(Outcome.REFUSED),
                                    writes.count(),
                                    number(seen.since(Signal.WRITE).slowest()),
                                    writes.account(isNot(Outcome.REFUSED), seen.faultAt())),
                    writes.count(Outcome.REFUSED) == writes.count()
                            && writes.count() > 0
                            && seen.since(Signal.WRITE).slowest() <= limit.toMillis());
        };
    }

    /** Every write is answered in the words agreed on, whichever of them. */
    static Expectation writesAreAnswered() {
        return seen -> {
            var writes = seen.since(Signal.WRITE);
            return new Finding(
                    "writes",
                    "each succeeds, or is answered 503 in the words agreed on",
                    "%d succeeded, %d refused, %d otherwise%s"
                            .formatted(
                                    writes.count(Outcome.OK),
                                    writes.count(Outcome.REFUSED),
                                    writes.count(Outcome.FAILED),
                                    writes.account(sample -> sample.outcome() == Outcome.FAILED, seen.faultAt())),
                    writes.count(Outcome.FAILED) == 0 && writes.count() > 0);
        };
    }

    static Expectation writesSucceedAgainWithin(Duration limit) {
        return seen -> {
            var first = seen.after(Signal.WRITE).samples().stream()
                    .filter(sample -> sample.outcome() == Outcome.OK)
                    .min(Comparator.comparingLong(sample -> sample.at() + sample.nanos() - seen.healedAt()));
            double millis = first.map(sample -> (sample.at() + sample.nanos() - seen.healedAt()) / 1e6)
                    .orElse(Double.POSITIVE_INFINITY);
            return new Finding(
                    "first good write after the fault",
                    "within %d ms".formatted(limit.toMillis()),
                    Double.isInfinite(millis) ? "none" : number(millis) + " ms",
                    millis <= limit.toMillis());
        };
    }

    static Expectation logStaysBelow(int lines) {
        return seen -> new Finding(
                "lines logged by both control planes",
                "at most " + lines,
                "" + seen.log().lines(),
                seen.log().lines() <= lines);
    }

    /** Whatever is wrong for however long: it is said once for each endpoint, and once when it is over. */
    static Expectation oneLinePerChange() {
        return seen -> {
            var repetitions = seen.log().repetitions();
            return new Finding(
                    "lines logged about etcd",
                    "at most one per change of state, endpoint and control plane",
                    seen.log().linesAboutEtcd()
                            + (repetitions.isEmpty()
                                    ? ", each a change"
                                    : ", of which are none: " + String.join("; ", repetitions)),
                    repetitions.isEmpty());
        };
    }

    /** Who asks a control plane is told that etcd is away, and that it is back. */
    static Expectation etcdIsToldToBeAwayAndBack() {
        return seen -> {
            long away = seen.sights(seen.heldFrom(), seen.healedAt()).stream()
                    .filter(sight -> sight.store() == Sight.State.NOT_REACHED)
                    .mapToInt(Sight::controlPlane)
                    .distinct()
                    .count();
            long back = seen.sights(seen.healedAt(), seen.endedAt()).stream()
                    .filter(sight -> sight.store() == Sight.State.REACHED)
                    .mapToInt(Sight::controlPlane)
                    .distinct()
                    .count();
            return new Finding(
                    "etcd as both control planes see it",
                    "not reached while the fault holds, reached again after it",
                    "not reached: %d of 2; reached again: %d of 2".formatted(away, back),
                    away == 2 && back == 2);
        };
    }

    static Expectation controlPlanesUseLessThan(double cores) {
        return seen -> {
            double used = seen.cpu().toNanos() / (double) Math.max(1, seen.healedAt() - seen.faultAt());
            return new Finding(
                    "CPU of both control planes while the fault holds",
                    "less than %s cores".formatted(number(cores)),
                    number(used) + " cores",
                    used < cores);
        };
    }

    /** Everything acknowledged is there, and nothing that was overtaken came back. */
    static Expectation nothingIsLost() {
        return seen -> new Finding(
                "acknowledged writes",
                "all there, and none that was overtaken",
                seen.lost().isEmpty()
                        ? seen.ledgerSize() + " routes compared, all as they should be"
                        : String.join("; ", seen.lost()),
                seen.lost().isEmpty());
    }

    private static Predicate<Sample> isNot(Outcome outcome) {
        return sample -> sample.outcome() != outcome;
    }

    private static Predicate<Sample> isNotOkWithin(Duration limit) {
        return sample -> sample.outcome() != Outcome.OK || sample.nanos() > limit.toNanos();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 1 ? "%.1f" : "%.2f", value);
    }
}
