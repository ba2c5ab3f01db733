package io.suimon.dataplane.tls;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What clients are shown beside one certificate: that it is still good. Asked for anew long before it ends; while the responder is out
 * of order the last answer is shown as long as clients believe it. Thread-safe.
 */
final class Staple {

    private static final Logger LOG = Logger.getLogger(Staple.class);

    /**
     * How and how often it is asked for.
     *
     * @param refresh after an answer, or sooner where that ends sooner
     * @param retry after none
     */
    record Asking(StatusResponder responder, InstantSource clock, Duration refresh, Duration retry) {}

    private record Held(byte[] bytes, Instant until) {}

    private final StatusQuestion question;
    private final Asking asking;
    private final ScheduledExecutorService threads;
    private volatile @Nullable Held held;
    private @Nullable Future<?> next;
    private boolean dropped;
    private boolean failing;

    Staple(StatusQuestion question, Asking asking, ScheduledExecutorService threads) {
        this.question = question;
        this.asking = asking;
        this.threads = threads;
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
            held = new Held(said, end == null ? now.plus(asking.refresh().multipliedBy(2)) : end);
            succeeded();
            askIn(end == null ? asking.refresh() : soonEnough(Duration.between(now, end)));
        } catch (IOException | UnusableException e) {
            failed(String.valueOf(e.getMessage()));
            askIn(asking.retry());
        }
    }

    private Duration soonEnough(Duration good) {
        var half = good.dividedBy(2);
        var sooner = half.compareTo(asking.refresh()) < 0 ? half : asking.refresh();
        return sooner.compareTo(asking.retry()) < 0 ? asking.retry() : sooner;
    }

    private void succeeded() {
        if (failing) {
            LOG.infof("the OCSP responder %s answers again", question.responder());
        }
        failing = false;
    }

    private void failed(String why) {
        if (!failing) {
            LOG.warnf(
                    "no OCSP response to show for %s: %s says: %s",
                    question.certificate().getSubjectX500Principal(), question.responder(), why);
        }
        failing = true;
    }

    /** Asks no more. */
    synchronized void drop() {
        dropped = true;
        if (next != null) {
            next.cancel(false);
        }
    }
}
