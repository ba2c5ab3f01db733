package io.suimon.dataplane.discovery.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again and again until it is closed, on a virtual thread of its own. After a failure the pause is random and grows up to
 * {@value #LONGEST_PAUSE_MILLIS} ms, so that a registry that comes back is not met by all nodes at once.
 */
public final class Rounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private static final long FIRST_PAUSE_MILLIS = 1000;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final Round round;
    private final Consumer<String> failed;
    private final RandomGenerator random;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private volatile boolean closed;

    /** Asks once. */
    public interface Round {

        /** Returns how long it is good for. @throws IOException when the registry did not say; the message is for people */
        Duration run() throws IOException, InterruptedException;
    }

    /**
     * Rounds that have not begun.
     *
     * @param failed is told why a round was none, on the thread of the rounds
     */
    public Rounds(String name, Round round, Consumer<String> failed, RandomGenerator random) {
        this.round = round;
        this.failed = failed;
        this.random = random;
        this.thread = Thread.ofVirtual().name("registry-" + name).unstarted(this::run);
    }

    /** Begins; once. */
    public void start() {
        thread.start();
    }

    /** The next round begins now. */
    public void wake() {
        wake.release();
    }

    private void run() {
        try {
            while (!closed) {
                var unused = wake.tryAcquire(once().toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            // That is how it is closed.
        }
    }

    @SuppressWarnings("IllegalCatch") // a defect met in one answer must not leave the service unasked for ever
    private Duration once() throws InterruptedException {
        try {
            var pause = round.run();
            pauseMillis = FIRST_PAUSE_MILLIS;
            return pause;
        } catch (IOException e) {
            return grown(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("A registry cannot be asked: this is a defect", e);
            return grown("defect: " + e.getClass().getSimpleName());
        }
    }

    private Duration grown(String reason) {
        if (!closed) {
            failed.accept(reason);
        }
        long half = pauseMillis / 2;
        pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS);
        return Duration.ofMillis(half + random.nextLong(half + 1));
    }

    /** Ends it without waiting. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
