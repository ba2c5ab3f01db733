package io.suimon.controlplane.store.etcd;

import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.StoreWatcher;
import io.suimon.controlplane.store.StoreWatcher.Ending;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One watch of the whole prefix. A virtual thread of its own opens the stream and then asks the member from time to time whether it
 * is alive; events come on gRPC's threads, one after the other. The watcher is told under the lock.
 */
final class EtcdWatch implements ConfigStore.Watch {

    private static final Metadata.Key<String> HAS_LEADER =
            Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);

    private final EtcdConnection connection;
    private final EtcdCalls calls;
    private final EtcdSettings settings;
    private final WatchEvents events;
    private final StoreWatcher watcher;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    // Guarded by the lock.
    private boolean ended;
    private @Nullable ClientCall<WatchRequest, WatchResponse> call;

    /** @param calls over the connection that the watch is to use */
    EtcdWatch(EtcdCalls calls, EtcdSettings settings, WatchEvents events, StoreWatcher watcher) {
        this.connection = calls.connection();
        this.calls = calls;
        this.settings = settings;
        this.events = events;
        this.watcher = watcher;
    }

    void start() {
        Thread.ofVirtual().name("etcd-watch").start(this::run);
    }

    private void run() {
        try {
            ask(); // now the connection leads to a member that answers, and is logged in
            var link = connection.link(soon()).orElse(null);
            if (link == null) {
                end(Ending.INTERRUPTED, connection.lastFailure());
                return;
            }
            open(link);
            while (rest()) {
                probe(link);
            }
        } catch (EtcdFailure e) {
            end(Ending.INTERRUPTED, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(Ending.INTERRUPTED, "the watch was interrupted");
        }
    }

    private Deadline soon() {
        return Deadline.after(settings.deadlines().read().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void open(Link link) throws EtcdFailure {
        var headers = new Metadata();
        // A member cut off from its cluster must end the watch instead of staying silent.
        headers.put(HAS_LEADER, "true");
        var channel = ClientInterceptors.intercept(
                calls.login().authenticated(link, soon()), MetadataUtils.newAttachHeadersInterceptor(headers));
        var opened = channel.newCall(WatchGrpc.getWatchMethod(), CallOptions.DEFAULT);
        var request = WatchCreateRequest.newBuilder()
                .setKey(settings.keys().start())
                .setRangeEnd(settings.keys().end())
                .setStartRevision(events.revision() + 1)
                .setProgressNotify(true);
        lock.lock();
        try {
            if (ended) {
                return;
            }
            call = opened;
            // Under the lock: a watch that ends meanwhile cancels its call, and nothing can be sent on a cancelled one.
            ClientCalls.asyncBidiStreamingCall(opened, new Responses(link))
                    .onNext(WatchRequest.newBuilder()
                            .setCreateRequest(Fragments.asked(request))
                            .build());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the member is to be asked again; returns false when the watch is over. */
    private boolean rest() throws InterruptedException {
        lock.lock();
        try {
            long remaining = settings.probeInterval().toNanos();
            while (!ended && remaining > 0) {
                remaining = over.awaitNanos(remaining);
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks for something small, which the member has at hand. When it says nothing and another one does, that is where the watch goes on;
     * when none does, etcd is slow as a whole, and nothing would be better elsewhere. The revision in the answer is not taken for
     * progress: it may overtake events that are still on their way in the stream.
     */
    private void probe(Link link) {
        try {
            ask();
            tellAlive();
        } catch (EtcdFailure e) {
            if (e.code() != Status.Code.DEADLINE_EXCEEDED) {
                end(Ending.INTERRUPTED, String.valueOf(e.getMessage()));
            }
        }
        if (!connection.isCurrent(link)) {
            end(Ending.INTERRUPTED, "etcd " + link.endpoint() + " was left for another member");
        }
    }

    private void ask() throws EtcdFailure {
        var request = RangeRequest.newBuilder()
                .setKey(settings.keys().start())
                .setSerializable(true)
                .setCountOnly(true)
                .build();
        var unused = calls.read(KVGrpc.getRangeMethod(), request, soon());
    }

    /** Says that the watch is alive, as far as the watcher was told. */
    private void tellAlive() {
        lock.lock();
        try {
            if (!ended) {
                watcher.progressed(events.revision());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the watch, and says so once. */
    void end(Ending ending, String reason) {
        lock.lock();
        try {
            if (!ended) {
                stop();
                watcher.ended(ending, reason);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            stop();
        } finally {
            lock.unlock();
        }
    }

    boolean isOver() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private void stop() {
        ended = true;
        over.signalAll();
        if (call != null) {
            call.cancel("the watch is over", null);
        }
    }

    private final class Responses implements StreamObserver<WatchResponse> {

        private final Link link;

        private Responses(Link link) {
            this.link = link;
        }

        /** Under the lock from taking to telling: else a probe between the two would tell of progress past events nobody was told of. */
        @Override
        public void onNext(WatchResponse response) {
            connection.answered(link, List.of());
            lock.lock();
            try {
                if (!ended) {
                    tell(events.take(response));
                }
            } finally {
                lock.unlock();
            }
        }

        private void tell(WatchEvents.News news) {
            switch (news) {
                case WatchEvents.News.Changed(var revision, var changes) -> watcher.changed(revision, changes);
                case WatchEvents.News.Progressed(var revision) -> watcher.progressed(revision);
                case WatchEvents.News.Partial() -> {}
                case WatchEvents.News.Refused(var reason) -> {
                    link.useToken(null); // an expired token is refused like this, too
                    end(Ending.INTERRUPTED, "etcd " + link.endpoint() + ": " + reason);
                }
                case WatchEvents.News.Lost(var reason) -> end(Ending.HISTORY_LOST, reason);
            }
        }

        @Override
        public void onError(Throwable error) {
            var status = Status.fromThrowable(error);
            if (status.getCode() == Status.Code.UNAUTHENTICATED) {
                link.useToken(null);
            } else if (status.getCode() != Status.Code.CANCELLED) {
                connection.failed(link, EtcdCalls.describe(link.endpoint(), status));
            }
            end(Ending.INTERRUPTED, EtcdCalls.describe(link.endpoint(), status));
        }

        @Override
        public void onCompleted() {
            end(Ending.INTERRUPTED, "etcd " + link.endpoint() + " ended the watch");
        }
    }
}
