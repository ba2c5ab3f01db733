package io.suimon.controlplane.store.etcd;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.EndpointHealth;
import io.suimon.controlplane.store.Guard;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.StoreConfig;
import io.suimon.controlplane.store.StoreSnapshot;
import io.suimon.controlplane.store.StoreUnavailableException;
import io.suimon.controlplane.store.StoreWatcher;
import io.suimon.controlplane.store.StoreWatcher.Ending;
import io.suimon.controlplane.store.Transaction;
import io.suimon.controlplane.store.WatchStart;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A store in etcd, over two connections: one for reads and writes, one for the watch, so that neither waits for the other. Made
 * without asking etcd anything: a cluster that is down at the start is met by the first call.
 *
 * <p>Uses jetcd's messages and stubs, not its client, which decides by itself what to send twice. Thread-safe.
 */
public final class EtcdConfigStore implements ConfigStore {

    private final EtcdSettings settings;
    private final EtcdMembers members;
    private final EtcdConnection commands;
    private final EtcdConnection watching;
    private final EtcdReader reader;
    private final EtcdWriter writer;
    private final Set<EtcdWatch> watches = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private EtcdConfigStore(EtcdSettings settings, Random random) {
        this.settings = settings;
        var channels = new EtcdChannels(new EtcdTls(settings.tls()));
        this.members = new EtcdMembers(
                settings.endpoints(), settings.maxPause(), settings.deadlines().write(), random);
        this.commands = new EtcdConnection(members, channels, Optional.of(settings.connectionAge()), random);
        this.watching = new EtcdConnection(members, channels, Optional.empty(), random);
        new EtcdProber(members, channels, settings).start();
        var calls = new EtcdCalls(commands, settings);
        this.reader = new EtcdReader(calls, settings);
        this.writer = new EtcdWriter(calls, settings);
    }

    /**
     * A store as it is set.
     *
     * @param random draws members, and spreads pauses
     * @throws io.suimon.process.InvalidSettingException for settings that cannot be used
     */
    public static EtcdConfigStore open(StoreConfig config, Random random) {
        return new EtcdConfigStore(EtcdSettings.of(config), random);
    }

    @Override
    public StoreSnapshot list() throws StoreUnavailableException {
        return reader.list();
    }

    @Override
    public Commit commit(List<Guard> guards, List<Mutation> mutations) {
        var transaction = new Transaction(guards, mutations);
        var tooLarge = transaction.tooLarge();
        return tooLarge.isPresent() ? new Commit.TooLarge(tooLarge.get()) : writer.commit(transaction);
    }

    @Override
    public Watch watch(WatchStart start, StoreWatcher watcher) {
        var events = new WatchEvents(settings.keys(), start);
        var watch = new EtcdWatch(new EtcdCalls(watching, settings), settings, events, watcher);
        watches.removeIf(EtcdWatch::isOver);
        watches.add(watch);
        watch.start();
        if (closed) {
            watch.end(Ending.CLOSED, "the store was closed");
        }
        return watch;
    }

    @Override
    public List<EndpointHealth> endpoints() {
        return members.health();
    }

    @Override
    public void close() {
        closed = true;
        watches.forEach(watch -> watch.end(Ending.CLOSED, "the store was closed"));
        members.close();
        commands.close();
        watching.close();
    }
}
