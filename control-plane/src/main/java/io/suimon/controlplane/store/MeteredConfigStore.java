package io.suimon.controlplane.store;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** A store that counts what becomes of writes, and knows whether it answered last time. Thread-safe. */
public final class MeteredConfigStore implements ConfigStore {

    /** What became of a write, as a metric's label. */
    public enum Outcome {
        DONE,
        CONFLICT,
        /** Not carried out, and it will not be. */
        REFUSED,
        /** Nobody knows whether it was carried out. */
        UNCERTAIN
    }

    private final ConfigStore store;
    private final Map<Outcome, LongAdder> writes = new EnumMap<>(Outcome.class);
    private volatile boolean reachable;

    public MeteredConfigStore(ConfigStore store) {
        this.store = store;
        for (var outcome : Outcome.values()) {
            writes.put(outcome, new LongAdder());
        }
    }

    /** How many writes had this outcome. */
    public long writes(Outcome outcome) {
        var count = writes.get(outcome);
        return count == null ? 0 : count.sum();
    }

    /** Whether the store answered the last call, or the watch told of something after it. */
    public boolean reachable() {
        return reachable;
    }

    @Override
    public StoreSnapshot list() throws StoreUnavailableException {
        boolean answered = false;
        try {
            var snapshot = store.list();
            answered = true;
            return snapshot;
        } finally {
            reachable = answered;
        }
    }

    @Override
    public Commit commit(List<Guard> guards, List<Mutation> mutations) {
        var commit = store.commit(guards, mutations);
        var outcome = switch (commit) {
            case Commit.Done done -> Outcome.DONE;
            case Commit.Conflict conflict -> Outcome.CONFLICT;
            case Commit.TooLarge tooLarge -> Outcome.REFUSED;
            case Commit.Unavailable unavailable -> unavailable.mayTakeEffect() ? Outcome.UNCERTAIN : Outcome.REFUSED;
        };
        var count = writes.get(outcome);
        if (count != null) {
            count.increment();
        }
        if (!(commit instanceof Commit.TooLarge)) { // which says nothing of the store
            reachable = !(commit instanceof Commit.Unavailable);
        }
        return commit;
    }

    @Override
    public Watch watch(WatchStart start, StoreWatcher watcher) {
        return store.watch(start, new StoreWatcher() {
            @Override
            public void changed(long revision, List<StoreEvent> events) {
                reachable = true;
                watcher.changed(revision, events);
            }

            @Override
            public void progressed(long revision) {
                reachable = true;
                watcher.progressed(revision);
            }

            @Override
            public void ended(Ending how, String reason) {
                reachable = false;
                watcher.ended(how, reason);
            }
        });
    }

    @Override
    public List<EndpointHealth> endpoints() {
        return store.endpoints();
    }

    @Override
    public void close() {
        store.close();
    }
}
