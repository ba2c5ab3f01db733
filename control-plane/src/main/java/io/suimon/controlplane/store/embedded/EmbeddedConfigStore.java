package io.suimon.controlplane.store.embedded;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.EndpointHealth;
import io.suimon.controlplane.store.Guard;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.StoreConfig;
import io.suimon.controlplane.store.StoreSnapshot;
import io.suimon.controlplane.store.StoreWatcher;
import io.suimon.controlplane.store.Transaction;
import io.suimon.controlplane.store.WatchStart;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A store in one file of this process. A write is answered when it is on the disk; writes that wait for the disk together go there
 * together. The content is also in memory, so reads cost nothing and work while the disk does not.
 *
 * <p>Thread-safe. The file belongs to one thread, the {@link Committer}'s.
 */
public final class EmbeddedConfigStore implements ConfigStore {

    /**
     * Limits of the store.
     *
     * @param writeDeadline how long a write waits for its answer
     * @param queue how many writes may wait for the disk
     * @param historyRevisions how many revisions a watcher may be behind
     * @param historyBytes how many bytes of values those revisions may hold
     */
    public record Limits(Duration writeDeadline, int queue, int historyRevisions, long historyBytes) {

        public static Limits of(StoreConfig config) {
            var embedded = config.embedded();
            return new Limits(
                    config.writeDeadline(),
                    embedded.queue(),
                    embedded.historyRevisions(),
                    embedded.historyBytes().asLongValue());
        }
    }

    private final Committer committer;
    private final Duration writeDeadline;

    private EmbeddedConfigStore(Committer committer, Duration writeDeadline) {
        this.committer = committer;
        this.writeDeadline = writeDeadline;
    }

    /**
     * Opens the store in a folder, or makes one.
     *
     * @param clock what lifetimes of keys are measured with
     * @param random gives a new store its identity
     * @throws io.suimon.process.InvalidSettingException when the folder cannot be used
     */
    public static EmbeddedConfigStore open(Path folder, Limits limits, InstantSource clock, RandomGenerator random) {
        return new EmbeddedConfigStore(Committer.start(folder, limits, clock, random), limits.writeDeadline());
    }

    @Override
    public StoreSnapshot list() {
        var head = committer.head();
        return new StoreSnapshot(
                committer.storeId(), head.revision(), head.tree().entries());
    }

    @Override
    public Commit commit(List<Guard> guards, List<Mutation> mutations) {
        var transaction = new Transaction(guards, mutations);
        var tooLarge = transaction.tooLarge();
        return tooLarge.isPresent()
                ? new Commit.TooLarge(tooLarge.get())
                : committer.submit(transaction).await(writeDeadline);
    }

    @Override
    public Watch watch(WatchStart start, StoreWatcher watcher) {
        var history = committer.history();
        return refusal(start)
                .map(reason -> HistoryWatch.lost(history, reason, watcher))
                .orElseGet(() -> HistoryWatch.start(history, start.afterRevision(), watcher));
    }

    private Optional<String> refusal(WatchStart start) {
        if (!start.storeId().equals(committer.storeId())) {
            return Optional.of("the store is " + committer.storeId() + " (expected: " + start.storeId() + ")");
        }
        long head = committer.head().revision();
        return head < start.knownRevision()
                ? Optional.of("the store is at revision " + head + ", not yet at " + start.knownRevision())
                : Optional.empty();
    }

    /** Looks at once whether the time of keys is over, instead of within a second. */
    void lookAtClock() {
        committer.wake();
    }

    @Override
    public List<EndpointHealth> endpoints() {
        return List.of();
    }

    @Override
    public void close() {
        committer.close();
    }
}
