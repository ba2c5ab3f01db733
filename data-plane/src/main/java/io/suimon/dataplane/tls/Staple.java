package io.suimon.dataplane.tls;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What clients are shown beside one certificate: that it is still good. Asked for anew long before it ends; while the responder is out
 * of order the last answer is shown as long as clients believe it. Thread-safe.
 */
final class Staple {

    private static final Logger LOG = Logger.getLogger(Staple.class);

    /** Of a name or number in a report. */
    private static final int MAX_TEXT = 128;

    /**
     * How and how often it is asked for.
     *
     * @param refresh after an answer, or sooner where that ends sooner
     * @param retry after none
     * @param answers counted
     * @param failures counted
     */
    record Asking(
            StatusResponder responder,
            InstantSource clock,
            Duration refresh,
            Duration retry,
            LongAdder answers,
            LongAdder failures) {}

    private record Held(byte[] bytes, Instant since, Instant until) {}

    private final StatusQuestion question;
    private final Asking asking;
    private final ScheduledExecutorService threads;
    private final CompletableFuture<Staple> settled = new CompletableFuture<>();
    private volatile @Nullable Held held;
    private final AtomicLong failures = new AtomicLong();
    private @Nullable Future<?> next;
    private volatile boolean dropped;

    Staple(StatusQuestion question, Asking asking, ScheduledExecutorService threads) {
        this.question = question;
        this.asking = asking;
        this.threads = threads;
    }

    /** Has what waits for it wait for the first answer, at most so long. */
    Staple awaited(Duration patience) {
        settled.completeOnTimeout(this, patience.toNanos(), TimeUnit.NANOSECONDS);
        return this;
    }

    /** Has nothing wait for it. */
    Staple notAwaited() {
        settled.complete(this);
        return this;
    }

    /** Runs this once no handshake has to wait any more, or now. */
    @SuppressWarnings("FutureReturnValueIgnored") // it never fails
    void whenSettled(Runnable then) {
        settled.thenRun(then);
    }

    /** What to show now; null when there is nothing that clients would believe. */
    byte @Nullable [] bytes() {
        var known = held;
        return known == null || asking.clock().instant().isAfter(known.until()) ? null : known.bytes();
    }

    /** Asks after this long, and from then on as often as is needed. */
    synchronized void askIn(Duration wait) {
        if (!dropped && !threads.isShutdown()) {
            next = threads.schedule(this::ask, wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void ask() {
        var now = asking.clock().instant();
        try {
            var said = asking.responder().ask(question.responder(), question.bytes());
            var answer = StatusAnswer.of(question, said, now);
            var end = answer.until();
            held = new Held(said, now, end == null ? now.plus(asking.refresh().multipliedBy(2)) : end);
            succeeded();
            askIn(end == null ? asking.refresh() : soonEnough(Duration.between(now, end)));
        } catch (IOException | UnusableException e) {
            failed(String.valueOf(e.getMessage()));
            askIn(asking.retry());
        } finally {
            settled.complete(this);
        }
    }

    private Duration soonEnough(Duration good) {
        var half = good.dividedBy(2);
        var sooner = half.compareTo(asking.refresh()) < 0 ? half : asking.refresh();
        return sooner.compareTo(asking.retry()) < 0 ? asking.retry() : sooner;
    }

    private void succeeded() {
        asking.answers().increment();
        if (failures.getAndSet(0) > 0) {
            LOG.infof("the OCSP responder %s answers again", question.responder());
        }
    }

    private void failed(String why) {
        asking.failures().increment();
        if (failures.getAndIncrement() == 0) {
            LOG.warnf(
                    "no OCSP response to show for %s: %s says: %s",
                    question.certificate().getSubjectX500Principal(), question.responder(), why);
        }
    }

    StapleReport.Shown report() {
        var known = held;
        var now = asking.clock().instant();
        double age = known == null || now.isAfter(known.until())
                ? -1
                : Math.max(0, Duration.between(known.since(), now).toMillis() / 1e3);
        var subject = question.certificate().getSubjectX500Principal().getName();
        var serial = question.certificate().getSerialNumber().toString(16);
        return new StapleReport.Shown(cut(subject), cut(serial), age, failures.get());
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    /** Asks no more. */
    synchronized void drop() {
        dropped = true;
        settled.complete(this);
        if (next != null) {
            next.cancel(false);
        }
    }

    boolean isDropped() {
        return dropped;
    }
}
