package io.suimon.dataplane.tls;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What handshakes need, made from configuration when the first one needs it and kept for the next: on a thread of its own, because
 * keys and certificates take milliseconds. What cannot be made is not tried again. Thread-safe.
 *
 * @param <K> what it is made from, by content
 */
final class ContextCache<K> implements AutoCloseable {

    /** Makes one; on the cache's thread. */
    @FunctionalInterface
    interface Maker<K> {
        ReadyContext make(K from) throws UnusableException;
    }

    /** Waiting to be made; one more is refused. */
    private static final int MAX_WAITING = 1024;

    /** How long one that was dropped may still be in use by a handshake that just got it. */
    private static final long GRACE_SECONDS = 5;

    private final int max;
    private final Maker<K> maker;
    private final Map<K, CompletableFuture<ReadyContext>> ready = new LinkedHashMap<>(16, 0.75f, true);
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("tls", true));

    /** @param max how many are kept */
    ContextCache(int max, Maker<K> maker) {
        this.max = max;
        this.maker = maker;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Finds or makes one, for a handshake on this event loop. */
    @SuppressWarnings("FutureReturnValueIgnored") // the promise tells everything
    Future<ReadyContext> find(K from, EventExecutor loop) {
        var found = find(from);
        if (found.isDone() && !found.isCompletedExceptionally()) {
            return loop.newSucceededFuture(found.join());
        }
        var promise = loop.<ReadyContext>newPromise();
        found.whenComplete((context, failure) -> {
            if (failure == null) {
                promise.trySuccess(context);
            } else {
                promise.tryFailure(failure);
            }
        });
        return promise;
    }

    private CompletableFuture<ReadyContext> find(K from) {
        synchronized (ready) {
            var known = ready.get(from);
            if (known != null) {
                return known;
            }
            if (thread.getQueue().size() >= MAX_WAITING + max) {
                return CompletableFuture.failedFuture(new RefusedException(HandshakeFailure.OVERLOAD));
            }
            var made = new CompletableFuture<ReadyContext>();
            try {
                thread.execute(() -> make(from, made));
            } catch (RejectedExecutionException e) {
                return CompletableFuture.failedFuture(new RefusedException(HandshakeFailure.OVERLOAD));
            }
            ready.put(from, made);
            dropOldest();
            return made;
        }
    }

    private void make(K from, CompletableFuture<ReadyContext> into) {
        try {
            var made = maker.make(from);
            made.whenSettled(() -> into.complete(made));
        } catch (UnusableException e) {
            into.completeExceptionally(new RefusedException(HandshakeFailure.CERTIFICATE));
        } catch (RuntimeException | Error e) {
            into.completeExceptionally(e);
            throw e;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what could not be made needs no release
    private void dropOldest() {
        var oldest = ready.entrySet().iterator();
        while (ready.size() > max) {
            var dropped = oldest.next().getValue();
            oldest.remove();
            dropped.thenAccept(this::releaseLater);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // if it is never released nothing is wrong but some memory
    private void releaseLater(ReadyContext dropped) {
        try {
            thread.schedule(dropped::release, GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            dropped.release(); // closed: no handshake begins any more
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what could not be made needs no release
    private static void release(CompletableFuture<ReadyContext> dropped) {
        dropped.thenAccept(ReadyContext::release);
    }

    /** Lets go of everything; called when no handshake begins any more. */
    @Override
    public void close() {
        thread.shutdownNow();
        synchronized (ready) {
            new ArrayList<>(ready.values()).forEach(ContextCache::release);
            ready.clear();
        }
    }
}
