package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.EndpointHealth;
import io.suimon.controlplane.store.Guard;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.StoreSnapshot;
import io.suimon.controlplane.store.StoreUnavailableException;
import io.suimon.controlplane.store.StoreWatcher;
import io.suimon.controlplane.store.StoreWatcher.Ending;
import io.suimon.controlplane.store.WatchStart;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real store on a line that breaks when it is told to. Thread-safe. */
final class FaultyConfigStore implements ConfigStore {

    private record Line(Watch watch, StoreWatcher watcher) {}

    private volatile ConfigStore store;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final AtomicInteger lists = new AtomicInteger();
    private volatile @Nullable String fault;
    private volatile @Nullable StoreSnapshot answer;

    FaultyConfigStore(ConfigStore store) {
        this.store = store;
    }

    /** Answers nothing from now on. */
    void down(String reason) {
        fault = reason;
    }

    /** Answers lists with this from now on. */
    void answerWith(StoreSnapshot snapshot) {
        answer = snapshot;
    }

    /** Is this store from now on, for whoever asks it anew. */
    void become(ConfigStore other) {
        store = other;
    }

    void up() {
        fault = null;
        answer = null;
    }

    void breakWatches(Ending ending, String reason) {
        var broken = taken();
        for (var line : broken) {
            line.watch().close();
            line.watcher().ended(ending, reason);
        }
    }

    private synchronized List<Line> taken() {
        var all = List.copyOf(lines);
        lines.clear();
        return all;
    }

    /** How many lists were answered by the real store. */
    int lists() {
        return lists.get();
    }

    @Override
    public StoreSnapshot list() throws StoreUnavailableException {
        var broken = fault;
        if (broken != null) {
            throw new StoreUnavailableException(broken, new IllegalStateException(broken));
        }
        var foreign = answer;
        if (foreign != null) {
            return foreign;
        }
        lists.incrementAndGet();
        return store.list();
    }

    @Override
    public Commit commit(List<Guard> guards, List<Mutation> mutations) {
        return store.commit(guards, mutations);
    }

    @Override
    public Watch watch(WatchStart start, StoreWatcher watcher) {
        var broken = fault;
        if (broken != null) {
            watcher.ended(Ending.INTERRUPTED, broken);
            return () -> {};
        }
        return begun(start, watcher);
    }

    /** No watch says anything before it can be broken. */
    private synchronized Watch begun(WatchStart start, StoreWatcher watcher) {
        var watch = store.watch(start, watcher);
        lines.add(new Line(watch, watcher));
        return watch;
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
