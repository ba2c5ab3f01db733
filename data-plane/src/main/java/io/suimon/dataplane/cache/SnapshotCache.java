package io.suimon.dataplane.cache;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.suimon.dataplane.sync.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last few configurations on disk. Writing is off the path of whoever applies them: the newest wins, not more often than
 * the interval, and the last one is always written. While changes keep coming, the interval doubles from write to write up to
 * {@value #LONGEST} times its length, so that they do not keep disk and core busy; a change after a rest is written at once. A disk that
 * cannot be written costs a log line and a count, nothing else.
 *
 * <p>Thread-safe; writes on its own thread.
 */
public final class SnapshotCache implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SnapshotCache.class);

    /** A write may take one part of the time, and rests for so many. */
    private static final int REST = 10;

    /** Intervals between two writes, at most. */
    private static final int LONGEST = 8;

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    /** A disk that cannot be written is not tried more often. */
    private static final Duration FAILED_PAUSE = Duration.ofSeconds(1);

    private final CacheFolder folder;
    private final int keep;
    private final Duration interval;
    private final CacheCounters counters;
    private final @Nullable CacheKey key;
    private final Optional<Seed> seed;
    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<@Nullable Supplier<Configuration>> newest = new AtomicReference<>();
    private final ScheduledThreadPoolExecutor thread;
    private long restUntil = System.nanoTime();
    private int intervals = 1;
    private @Nullable List<Path> written;
    private boolean failing;

    /** @throws IOException when the settings do not allow it; its message is one line for people */
    public SnapshotCache(CacheFolder folder, CacheConfig config, CacheCounters counters) throws IOException {
        this.folder = folder;
        this.keep = Math.max(1, config.generations());
        this.interval = config.interval();
        this.counters = counters;
        this.key = CacheKey.of(config).orElse(null);
        this.seed = Seed.of(config);
        this.thread =
                new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("suimon-cache", true, Thread.MIN_PRIORITY));
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * The newest configuration that is whole, or else that of the seed; empty when there is none. Says in one line each which ones are
     * not.
     */
    public Optional<Configuration> load() {
        for (var file : generations()) {
            try {
                var configuration = ConfigurationFile.read(file, key);
                if (key != null && ConfigurationFile.isPlain(file)) {
                    offer(() ->
                            configuration); // written before the key was set: there is to be none that anybody can read
                }
                LOG.infof("disk copy %s: revision %d", file, configuration.revision());
                return Optional.of(configuration);
            } catch (IOException e) {
                counters.damaged.increment();
                LOG.warnf("disk copy %s is passed over: %s", file, e.getMessage());
            }
        }
        return seed.flatMap(this::plant);
    }

    /** Begins with somebody else's copy, and keeps it: the seed may not be there the next time. */
    private Optional<Configuration> plant(Seed from) {
        try {
            var configuration = from.read(folder.unfinished("seed"), key);
            LOG.infof("seed %s: revision %d", from, configuration.revision());
            offer(() -> configuration);
            return Optional.of(configuration);
        } catch (IOException e) {
            LOG.warnf("seed %s cannot be used: %s", from, e.getMessage());
            return Optional.empty();
        }
    }

    private List<Path> generations() {
        try {
            return folder.generations();
        } catch (IOException e) {
            LOG.warnf("disk copies in %s cannot be listed: %s", folder.path(), e);
            return List.of();
        }
    }

    /** There is a new configuration to keep; it is asked for when it is written, on the cache's thread. Returns at once. */
    public void offer(Supplier<Configuration> configuration) {
        if (newest.getAndSet(configuration) == null && !thread.isShutdown()) {
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
        var configuration = newest.getAndSet(null);
        if (configuration == null) {
            return;
        }
        intervals = waited ? Math.min(LONGEST, 2 * intervals) : 1;
        long begin = System.nanoTime();
        try {
            write(configuration.get());
            counters.writes.increment();
            if (failing) {
                LOG.infof("disk copy in %s is written again", folder.path());
            }
            failing = false;
        } catch (IOException e) {
            failed(e);
        }
        long end = System.nanoTime();
        var usual = interval.multipliedBy(intervals);
        long pause = (failing && FAILED_PAUSE.compareTo(usual) > 0 ? FAILED_PAUSE : usual).toNanos();
        restUntil = end + Math.max(pause, (end - begin) * REST);
        if (failing && newest.compareAndSet(null, configuration) && !thread.isShutdown()) {
            writeWhenRested(); // Nobody may offer it again.
        }
    }

    private void write(Configuration configuration) throws IOException {
        var before = written == null ? folder.generations() : written;
        written = null; // until all went well, only the folder knows
        var after = new ArrayList<Path>(keep);
        after.add(folder.write(
                CacheFolder.nameAfter(before), file -> ConfigurationFile.write(configuration, file, key, random)));
        for (var older : before) {
            if (after.size() >= keep || (key != null && ConfigurationFile.isPlain(older))) {
                Files.deleteIfExists(older);
            } else {
                after.add(older);
            }
        }
        written = after;
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
        if (thread.isShutdown()) {
            return;
        }
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
