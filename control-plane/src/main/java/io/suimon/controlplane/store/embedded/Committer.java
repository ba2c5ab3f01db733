package io.suimon.controlplane.store.embedded;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.Transaction;
import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.h2.mvstore.MVStoreException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes transactions to the file: all that wait go there in one write, and are answered when it is on the disk. Also deletes keys
 * whose time is over, and opens the file again after it could not be written.
 */
final class Committer {

    private static final Logger LOG = Logger.getLogger(Committer.class);
    private static final int MAX_BATCH = 256;
    private static final long CLOCK_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long REOPEN_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Path folder;
    private final EmbeddedConfigStore.Limits limits;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final History history;
    private final String storeId;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    // Guarded by the lock.
    private final ArrayDeque<PendingCommit> waiting = new ArrayDeque<>();
    private boolean woken;
    private boolean closing;

    // Written by the committer's thread alone.
    private volatile Head head;
    private Expiries expiries;
    private @Nullable StoreFile file;
    private String failure = "";
    private long failedAt;

    private Committer(
            Path folder,
            EmbeddedConfigStore.Limits limits,
            InstantSource clock,
            RandomGenerator random,
            StoreFile opened) {
        this.folder = folder;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        this.expiries = new Expiries();
        this.storeId = opened.storeId();
        this.head = opened.load(folder, expiries);
        this.history = new History(head.revision(), limits.historyRevisions(), limits.historyBytes());
        this.file = opened;
        this.thread = Thread.ofPlatform().daemon().name("store-committer").unstarted(this::run);
    }

    static Committer start(
            Path folder, EmbeddedConfigStore.Limits limits, InstantSource clock, RandomGenerator random) {
        var opened = StoreFile.open(folder, random);
        try {
            var committer = new Committer(folder, limits, clock, random, opened);
            committer.thread.start();
            return committer;
        } catch (InvalidSettingException e) {
            opened.abandon();
            throw e;
        }
    }

    Head head() {
        return head;
    }

    History history() {
        return history;
    }

    String storeId() {
        return storeId;
    }

    PendingCommit submit(Transaction transaction) {
        var pending = new PendingCommit(transaction);
        lock.lock();
        try {
            if (closing) {
                pending.complete(new Commit.Unavailable(false, "the store is closed"));
            } else if (waiting.size() >= limits.queue()) {
                pending.complete(new Commit.Unavailable(false, limits.queue() + " writes are waiting for the disk"));
            } else {
                waiting.add(pending);
                work.signal();
            }
        } finally {
            lock.unlock();
        }
        return pending;
    }

    void wake() {
        lock.lock();
        try {
            woken = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (var batch = nextBatch(); batch != null; batch = nextBatch()) {
            carryOut(batch);
        }
        if (file != null) {
            file.close();
        }
        history.close();
    }

    /** What is to be done, or null when the store is closed; empty when only the clock is to be looked at. */
    private @Nullable List<PendingCommit> nextBatch() {
        lock.lock();
        try {
            long untilClock = CLOCK_INTERVAL_NANOS;
            while (waiting.isEmpty() && !closing && !woken && untilClock > 0) {
                untilClock = work.awaitNanos(untilClock);
            }
            woken = false;
            if (closing && waiting.isEmpty()) {
                return null;
            }
            var batch = new ArrayList<PendingCommit>();
            while (batch.size() < MAX_BATCH && !waiting.isEmpty()) {
                var pending = waiting.remove();
                if (pending.begin()) {
                    batch.add(pending);
                }
            }
            return batch;
        } catch (InterruptedException e) {
            // Nobody may stop this thread but close(); an interrupt must not reach the file's channel, which it would
            // close.
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private void carryOut(List<PendingCommit> batch) {
        var open = file == null ? reopen() : file;
        if (open == null) {
            batch.forEach(pending -> pending.complete(new Commit.Unavailable(false, failure)));
            return;
        }
        long now = clock.millis();
        var draft = new Draft(head, now);
        draft.expire(expiries.due(now));
        var outcomes = batch.stream()
                .map(pending -> draft.apply(pending.transaction()))
                .toList();
        if (!draft.isEmpty() && !write(open, draft)) {
            var unavailable = new Commit.Unavailable(true, failure);
            batch.forEach(pending -> pending.complete(unavailable));
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).complete(outcomes.get(i));
        }
        if (!draft.isEmpty()) {
            lookAfter(open);
        }
    }

    private boolean write(StoreFile open, Draft draft) {
        try {
            open.write(draft.writes(), draft.head().revision());
        } catch (MVStoreException e) {
            abandon(open, "the store file cannot be written: " + StoreFile.oneLine(e));
            return false;
        }
        publish(draft);
        return true;
    }

    private void publish(Draft draft) {
        head = draft.head();
        draft.writes().forEach((path, write) -> expiries.set(path, write.expiresAt()));
        history.append(draft.changes());
    }

    /** What the file needs besides the write, which is durable and answered: a failure here costs opening the file again. */
    private void lookAfter(StoreFile open) {
        try {
            open.mark(head.revision());
            open.compact();
        } catch (IOException | MVStoreException e) {
            abandon(open, "the store file cannot be looked after: " + StoreFile.oneLine(e));
        }
    }

    private void abandon(StoreFile open, String reason) {
        failed(reason);
        open.abandon();
        file = null;
    }

    private @Nullable StoreFile reopen() {
        if (System.nanoTime() - failedAt < REOPEN_INTERVAL_NANOS) {
            return null;
        }
        try {
            var opened = StoreFile.open(folder, random);
            var times = new Expiries();
            var loaded = opened.load(folder, times);
            if (!opened.storeId().equals(storeId) || loaded.revision() < head.revision()) {
                opened.abandon();
                failed("the store file was replaced by another while the store was open");
                return null;
            }
            adopt(opened, loaded, times);
            return opened;
        } catch (InvalidSettingException e) {
            failed(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void adopt(StoreFile opened, Head loaded, Expiries times) {
        file = opened;
        expiries = times;
        if (loaded.revision() != head.revision()) {
            // A write that was answered as unavailable had reached the file after all.
            head = loaded;
            history.restart(loaded.revision());
        }
        failure = "";
        LOG.info("The store file can be written again");
    }

    private void failed(String reason) {
        failedAt = System.nanoTime();
        if (failure.isEmpty()) {
            LOG.error(reason);
        }
        failure = reason;
    }
}
