package io.suimon.controlplane.store.embedded;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.Transaction;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A transaction on its way to the disk. Thread-safe. */
final class PendingCommit {

    private final Transaction transaction;
    private final CompletableFuture<Commit> outcome = new CompletableFuture<>();
    // Decides between the committer that begins with it and the writer that gives up: only one of them can.
    private final AtomicBoolean claimed = new AtomicBoolean();

    PendingCommit(Transaction transaction) {
        this.transaction = transaction;
    }

    Transaction transaction() {
        return transaction;
    }

    /** Whether to carry it out; false when its writer gave up. */
    boolean begin() {
        return claimed.compareAndSet(false, true);
    }

    void complete(Commit commit) {
        outcome.complete(commit);
    }

    /** Waits for the outcome; what was not begun by the deadline is withdrawn. */
    Commit await(Duration deadline) {
        try {
            return outcome.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return withdrawn("the disk did not take the write within " + deadline.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return withdrawn("the writer was interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a commit is never completed exceptionally", e);
        }
    }

    private Commit withdrawn(String reason) {
        boolean begun = !claimed.compareAndSet(false, true);
        return outcome.getNow(new Commit.Unavailable(begun, reason));
    }
}
