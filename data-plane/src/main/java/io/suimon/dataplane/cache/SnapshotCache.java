package io.suimon.dataplane.cache;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.suimon.dataplane.sync.Configuration;
import io.suimon.dataplane.sync.CopySource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last few configurations on disk. Writing is off the path of whoever applies them: the newest wins, not more often than
 * the interval, and the last one is always written. While changes keep coming, the interval doubles from write to write up to
 * {@value #LONGEST} times its length, so that they do not keep disk and core busy; a change after a rest is written at once. When
 * there were none for ten seconds, the steps behind the newest generation become part of one: whoever copies it as a
 * seed has the newest state. A disk that cannot be written costs a log line and a count, nothing else.
 *
 * <p>Thread-safe; writes on its own thread.
 */
public final class SnapshotCache implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SnapshotCache.class);

    /** A write may take one part of the time, and rests for so many. */
    private static final int REST = 10;

    /** Intervals between two writes, at most. */
    private static final int LONGEST = 8;

    private static final Duration FOLD_AFTER = Duration.ofSeconds(10);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    /** A disk that cannot be written is not tried more often. */
    private static final Duration FAILED_PAUSE = Duration.ofSeconds(1);

    private final CacheFolder folder;
    private final Generations generations;
    private final Duration interval;
    private final CacheCounters counters;
    private final @Nullable CacheKey key;
    private final Optional<Seed> seed;
    private final Duration foldAfter;
    private final AtomicReference<@Nullable CopySource> newest = new AtomicReference<>();
    private final ScheduledThreadPoolExecutor thread;
    private long restUntil = System.nanoTime();
    private int intervals = 1;
    private boolean failing;
    private @Nullable Future<?> folding;

    /** @throws IOException when the settings do not allow it; its message is one line for people */
    public SnapshotCache(CacheFolder folder, CacheConfig config, CacheCounters counters) throws IOException {
        this(folder, config, counters, FOLD_AFTER);
    }

    /** @param foldAfter how long there are no changes before steps and generation become one */
    SnapshotCache(CacheFolder folder, CacheConfig config, CacheCounters counters, Duration foldAfter)
            throws IOException {
        this.folder = folder;
        this.interval = config.interval();
        this.counters = counters;
        this.key = CacheKey.of(config).orElse(null);
        this.generations = new Generations(folder, Math.max(1, config.generations()), counters, key);
        this.seed = Seed.of(config);
        this.foldAfter = foldAfter;
        this.thread =
                new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("suimon-cache", true, Thread.MIN_PRIORITY));
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // what comes after the end
    }

    /**
     * The newest configuration that is whole, or else that of the seed; empty when there is none. Says in one line each which ones are
     * not.
     */
    public Optional<Configuration> load() {
        var found = generations.newest();
        if (found.isEmpty()) {
            return seed.flatMap(this::plant);
        }
        var configuration = found.get().configuration();
        if (found.get().exposed()) {
            offer(whole -> configuration);
        }
        return Optional.of(configuration);
    }

    /** Begins with somebody else's copy, and keeps it: the seed may not be there the next time. */
    private Optional<Configuration> plant(Seed from) {
        try {
            var configuration = from.read(folder.unfinished("seed"), key);
            LOG.infof("seed %s: revision %d", from, configuration.revision());
            offer(whole -> configuration);
            return Optional.of(configuration);
        } catch (IOException e) {
            LOG.warnf("seed %s cannot be used: %s", from, e.getMessage());
            return Optional.empty();
        }
    }

    /** There is something new to keep; it is asked for when it is written, on the cache's thread. Returns at once. */
    public void offer(CopySource source) {
        if (newest.getAndSet(source) == null) {
            thread.execute(this::writeWhenRested);
        }
    }

    private void writeWhenRested() {
        long wait = restUntil - System.nanoTime();
        if (wait <= 0) {
            writeNewest(false);
        } else {
            var unused = thread.schedule(() -> writeNewest(true), wait, TimeUnit.NANOSECONDS);
        }
    }

    /** @param waited whether it changed again before the last write was an interval ago */
    private void writeNewest(boolean waited) {
        var source = newest.getAndSet(null);
        if (source == null) {
            return;
        }
        intervals = waited ? Math.min(LONGEST, 2 * intervals) : 1;
        long begin = System.nanoTime();
        write(source);
        long end = System.nanoTime();
        var usual = interval.multipliedBy(intervals);
        long pause = (failing && FAILED_PAUSE.compareTo(usual) > 0 ? FAILED_PAUSE : usual).toNanos();
        restUntil = end + Math.max(pause, (end - begin) * REST);
        if (failing && newest.compareAndSet(null, source)) {
            writeWhenRested(); // Nobody may offer it again.
        }
    }

    private void write(CopySource source) {
        try {
            generations.write(source);
            counters.writes.increment();
            if (failing) {
                LOG.infof("disk copy in %s is written again", folder.path());
            }
            failing = false;
            foldLater(source);
        } catch (IOException e) {
            failed(e);
        }
    }

    private void foldLater(CopySource source) {
        if (folding != null) {
            folding.cancel(false);
        }
        folding = generations.hasSteps()
                ? thread.schedule(() -> fold(source), foldAfter.toNanos(), TimeUnit.NANOSECONDS)
                : null;
    }

    /** Makes one generation of the newest and its steps, unless there is something else to be written by now. */
    private void fold(CopySource source) {
        if (newest.compareAndSet(null, whole -> source.next(true))) {
            writeNewest(false);
        }
    }

    /** One line when it begins to fail; the count says how often. */
    private void failed(IOException failure) {
        counters.writeFailures.increment();
        if (!failing) {
            LOG.warnf(
                    "disk copy in %s cannot be written, a restart would find an older one: %s", folder.path(), failure);
        }
        failing = true;
    }

    /** Writes what is still to be written, then stops. */
    @Override
    public void close() {
        thread.execute(() -> writeNewest(false));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                var unused = thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
