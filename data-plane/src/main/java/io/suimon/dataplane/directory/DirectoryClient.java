package io.suimon.dataplane.directory;

import io.suimon.dataplane.tls.OriginTrust;
import io.suimon.dataplane.tls.TlsConfig;
import io.suimon.engine.directory.Directories;
import io.suimon.engine.directory.DirectoryCredentials;
import io.suimon.engine.directory.DirectorySearch;
import io.suimon.engine.directory.DirectoryServer;
import io.suimon.engine.directory.Login;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Asks directories, each login on a virtual thread of its own; one more thread watches the time.
 *
 * <p>Nothing waits for its turn: a login beyond a limit is told so at once. Thread-safe; never blocks the caller.
 */
public final class DirectoryClient implements Directories, AutoCloseable {

    /** Connect, bind, search and bind again: each may take the time of a step. */
    private static final int STEPS = 4;

    private static final long SWEEP_MILLIS = 500;

    private final DirectoryContexts contexts;
    private final KeptLinks links;
    private final long maxIdleMillis;
    private final long maxLoginMillis;
    private final ScheduledThreadPoolExecutor watch;
    private final DirectoryLog log = new DirectoryLog(System::nanoTime);
    private final LongAdder overloaded = new LongAdder();
    private @Nullable Future<?> nextSweep;

    /**
     * Reads whose certificates are trusted.
     *
     * @throws IOException when they cannot be read; the message is one line for people
     */
    public DirectoryClient(DirectoryConfig config, TlsConfig tls) throws IOException {
        this.contexts = new DirectoryContexts(OriginTrust.of(tls));
        this.links = new KeptLinks(config.maxLogins(), config.maxLoginsPerDirectory(), config.maxIdleConnections());
        this.maxIdleMillis = config.maxIdleTime().toMillis();
        this.maxLoginMillis = config.maxLoginTime().toMillis();
        this.watch = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("directories").factory());
        watch.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        watch.setRemoveOnCancelPolicy(true);
        watch.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public CompletionStage<Login> bind(DirectoryServer server, String dn, byte[] password) {
        return start(server, link -> link.bindAsUser(dn, password) ? new Login.Accepted(dn) : new Login.Refused());
    }

    @Override
    public CompletionStage<Login> find(DirectoryServer server, DirectorySearch search, DirectoryCredentials who) {
        return start(server, link -> {
            link.bindToSearch(search);
            var dn = link.find(search, who.user());
            return dn != null && link.bindAsUser(dn, who.password()) ? new Login.Accepted(dn) : new Login.Refused();
        });
    }

    private CompletionStage<Login> start(DirectoryServer server, Conversation conversation) {
        if (!links.enter(server)) {
            overloaded.increment();
            return CompletableFuture.completedStage(new Login.Overloaded());
        }
        var attempt = new LoginAttempt(server, conversation, contexts, links, log);
        long patience = Math.min(STEPS * (long) server.timeoutMillis(), maxLoginMillis);
        var tooLate = watch.schedule(attempt::expire, patience, TimeUnit.MILLISECONDS);
        Thread.ofVirtual().name("directory").start(() -> {
            try {
                var link = attempt.run();
                if (link != null) {
                    keep(server, link);
                }
            } finally {
                tooLate.cancel(false);
                links.leave(server);
                attempt.finish();
            }
        });
        return attempt.login();
    }

    private void keep(DirectoryServer server, DirectoryLink link) {
        long idle = Math.min(server.keepAlive().idleMillis(), maxIdleMillis);
        if (links.keep(server, link, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(idle))) {
            sweepLater();
        } else {
            link.close();
        }
    }

    /** Sweeps while connections are kept. */
    private synchronized void sweepLater() {
        if (nextSweep == null) {
            nextSweep = watch.schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Closing may wait for the directory, so the thread that watches the time does not do it. */
    private void sweep() {
        for (var link : links.expired(System.nanoTime())) {
            Thread.ofVirtual().start(link::close);
        }
        synchronized (this) {
            nextSweep = null;
            if (links.idle() > 0) {
                sweepLater();
            }
        }
    }

    /** Logins refused at a limit. */
    public long overloaded() {
        return overloaded.sum();
    }

    /** Logins on which a directory had nothing to say. */
    public long failed() {
        return log.failures();
    }

    /** Directories there are connections to. */
    int directories() {
        return links.directories();
    }

    /** Connections kept for the next login. */
    int idleConnections() {
        return links.idle();
    }

    /** Closes what is kept; logins under way end by themselves. */
    @Override
    public void close() {
        links.close().forEach(DirectoryLink::cut);
        watch.shutdown();
    }
}
