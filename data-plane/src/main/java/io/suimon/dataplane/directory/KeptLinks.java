package io.suimon.dataplane.directory;

import io.suimon.engine.directory.DirectoryAddress;
import io.suimon.engine.directory.DirectoryServer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which connections to directories there are: how many are in use, and those that wait for the next login, the last one first.
 *
 * <p>A directory is forgotten with its last connection, so nothing stays of configurations that are gone. Thread-safe: one lock,
 * held for a look-up; nothing waits under it.
 */
final class KeptLinks {

    /** Connections that may stand in for each other: every login begins by binding, so whoever was bound does not matter. */
    private record Key(DirectoryAddress address, DirectoryServer.Security security, boolean verify, String pool) {
        static Key of(DirectoryServer server) {
            return new Key(
                    server.address(),
                    server.security(),
                    server.verify(),
                    server.keepAlive().pool());
        }
    }

    /** A connection and when it has waited long enough. */
    private record Kept(DirectoryLink link, long untilNanos) {}

    /** Guarded by the lock of all. */
    private static final class Shelf {
        private final Deque<Kept> idle = new ArrayDeque<>();
        private int inUse;

        boolean isEmpty() {
            return inUse == 0 && idle.isEmpty();
        }
    }

    private final Map<Key, Shelf> shelves = new HashMap<>();
    private final int maxInUse;
    private final int maxInUsePerDirectory;
    private final int maxIdle;
    private int inUse;
    private int idle;
    private boolean closed;

    KeptLinks(int maxInUse, int maxInUsePerDirectory, int maxIdle) {
        this.maxInUse = maxInUse;
        this.maxInUsePerDirectory = maxInUsePerDirectory;
        this.maxIdle = maxIdle;
    }

    /** Makes room for a login; false when there is none. A login that was let in {@link #leave leaves}. */
    synchronized boolean enter(DirectoryServer server) {
        var shelf = shelves.get(Key.of(server));
        if (closed || inUse >= maxInUse || (shelf != null && shelf.inUse >= maxInUsePerDirectory)) {
            return false;
        }
        inUse++;
        shelves.computeIfAbsent(Key.of(server), key -> new Shelf()).inUse++;
        return true;
    }

    /** A connection that was kept, or null. */
    synchronized @Nullable DirectoryLink take(DirectoryServer server) {
        var shelf = shelves.get(Key.of(server));
        var kept = shelf == null ? null : shelf.idle.pollFirst();
        if (kept == null) {
            return null;
        }
        idle--;
        return kept.link();
    }

    /**
     * Keeps a connection.
     *
     * @param untilNanos by the time that {@link #expired} is told
     * @return false when there is no room for it
     */
    synchronized boolean keep(DirectoryServer server, DirectoryLink link, long untilNanos) {
        var shelf = shelves.get(Key.of(server));
        if (closed
                || shelf == null
                || idle >= maxIdle
                || shelf.idle.size() >= server.keepAlive().connections()) {
            return false;
        }
        shelf.idle.addFirst(new Kept(link, untilNanos));
        idle++;
        return true;
    }

    /** Ends a login. */
    synchronized void leave(DirectoryServer server) {
        var key = Key.of(server);
        var shelf = shelves.get(key);
        if (shelf != null) {
            inUse--;
            shelf.inUse--;
            if (shelf.isEmpty()) {
                shelves.remove(key);
            }
        }
    }

    /** Takes those away that have waited long enough. */
    synchronized List<DirectoryLink> expired(long nowNanos) {
        var expired = new ArrayList<DirectoryLink>();
        for (var shelf : shelves.values()) {
            for (var kept = shelf.idle.iterator(); kept.hasNext(); ) {
                var one = kept.next();
                if (nowNanos - one.untilNanos() >= 0) {
                    kept.remove();
                    expired.add(one.link());
                }
            }
        }
        idle -= expired.size();
        shelves.values().removeIf(Shelf::isEmpty);
        return expired;
    }

    /** Keeps no more. Returns those that were kept. */
    synchronized List<DirectoryLink> close() {
        closed = true;
        var all = new ArrayList<DirectoryLink>();
        for (var shelf : shelves.values()) {
            shelf.idle.forEach(kept -> all.add(kept.link()));
            shelf.idle.clear();
        }
        idle = 0;
        return all;
    }

    /** Directories that are known at the moment. */
    synchronized int directories() {
        return shelves.size();
    }

    /** Connections that wait for a login. */
    synchronized int idle() {
        return idle;
    }
}
