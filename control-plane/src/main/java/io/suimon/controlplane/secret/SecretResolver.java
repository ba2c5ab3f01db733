package io.suimon.controlplane.secret;

import io.suimon.controlplane.mirror.Mirror;
import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.secret.FetchPlan.Question;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the mirror and the nodes: views come in as they are stored, and go out with values in place of references, as soon and
 * whenever those are known. Nobody waits for it: the mirror's thread leaves its newest view here, one virtual thread does the rest,
 * and each question to a secret manager has one of its own. Thread-safe.
 */
public final class SecretResolver implements Mirror.Listener, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SecretResolver.class);

    private static final Duration AFTER_A_DEFECT = Duration.ofSeconds(1);

    private final AtomicReference<@Nullable MirrorView> newest = new AtomicReference<>();
    private final Semaphore news = new Semaphore(0);
    private final List<Mirror.Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    // All guarded by the lock below; held for as long as taking in news takes, never while anything is asked.
    private final Object lock = new Object();
    private final FetchPlan plan;
    private final SecretTable table;
    private final Resolution resolution;
    private final Fetcher fetcher;

    /**
     * A resolver.
     *
     * @param environment what {@code $ENV://} refers to
     * @param random spreads what is asked again
     */
    public SecretResolver(
            SecretConfig config, Map<String, String> environment, InstantSource clock, RandomGenerator random) {
        this.fetcher = new Fetcher(config, news::release);
        var variables = new Environment(environment, config.environment());
        this.plan = new FetchPlan(config, random);
        this.table = new SecretTable(config, variables, plan, clock);
        this.resolution = new Resolution(config, table, plan, variables);
    }

    public void start() {
        Thread.ofVirtual().name("secrets").start(this::run);
    }

    /** Registers someone to be told of what nodes get: of the present first, if there is any. */
    public void listen(Mirror.Listener listener) {
        listeners.add(listener);
        synchronized (lock) {
            resolution.repeat();
        }
        news.release();
    }

    @Override
    public void advanced(MirrorView view) {
        newest.set(view);
        news.release();
    }

    private void run() {
        try {
            while (!closed) {
                await(safeTurn());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(@Nullable Duration rest) throws InterruptedException {
        if (rest == null) {
            news.acquire();
        } else {
            // Whether there is news is seen by looking.
            boolean unused = news.tryAcquire(rest.toNanos(), TimeUnit.NANOSECONDS);
        }
        news.drainPermits();
    }

    private @Nullable Duration safeTurn() {
        try {
            return turn();
        } catch (RuntimeException e) {
            // A defect must not keep the configuration from all nodes for good: the next view is looked at as well.
            LOG.error("secrets were not resolved", e);
            return AFTER_A_DEFECT;
        }
    }

    /** Takes in what is new, asks what is due, and tells what became of it. Returns how long nothing will happen by itself. */
    private @Nullable Duration turn() {
        MirrorView offer;
        Duration rest;
        synchronized (lock) {
            long now = System.nanoTime();
            var view = newest.getAndSet(null);
            if (view != null) {
                resolution.take(view, now);
            }
            for (var answer = fetcher.next(); answer != null; answer = fetcher.next()) {
                take(answer.question(), answer.fetched(), now);
            }
            ask(now);
            offer = resolution.offer(now);
            // With all questions under way that may be, an answer comes before the next.
            rest = shorter(resolution.patience(now), fetcher.isFree() ? plan.rest(now) : null);
        }
        if (offer != null) {
            listeners.forEach(listener -> listener.advanced(offer));
        }
        return rest;
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }

    private void ask(long now) {
        while (fetcher.isFree()) {
            var question = plan.next(now);
            if (question == null) {
                return;
            }
            if (!question.trouble().isEmpty()) {
                take(question, new Fetched.Unreachable(question.trouble()), now);
                continue;
            }
            switch (question.access()) {
                case VaultAccess.Unusable(var reason) -> take(question, new Fetched.Refused(reason), now);
                case VaultAccess.Usable usable -> fetcher.ask(question, usable);
            }
        }
    }

    private void take(Question question, Fetched fetched, long now) {
        if (!plan.isCurrent(question)) {
            return;
        }
        var manager = question.source().manager();
        switch (plan.answered(question, fetched, now)) {
            case FOR_THE_WORSE -> table.log().unreachable(manager, reasonOf(fetched));
            case FOR_THE_BETTER -> table.log().reachable(manager);
            case NONE -> {}
        }
        table.take(question.source(), fetched, now);
    }

    private static String reasonOf(Fetched fetched) {
        return switch (fetched) {
            case Fetched.Fields fields -> "";
            case Fetched.Refused(var reason) -> reason;
            case Fetched.Unreachable(var reason) -> reason;
        };
    }

    /** Every reference, now. */
    public SecretListing listing() {
        synchronized (lock) {
            return table.listing();
        }
    }

    /** How many references are in a state. */
    public long count(SecretState state) {
        synchronized (lock) {
            return table.count(state);
        }
    }

    long successes() {
        return fetcher.successes();
    }

    long failures() {
        return fetcher.failures();
    }

    /** Ends what is under way; nobody is told of anything any more. */
    @Override
    public void close() {
        closed = true;
        news.release();
        fetcher.close();
    }
}
