package io.suimon.controlplane.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.suimon.controlplane.store.StoreEvent;
import io.suimon.controlplane.store.StoreWatcher;
import io.suimon.controlplane.store.TestStoreConfig;
import io.suimon.controlplane.store.WatchStart;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A watch whose events come one after the other without a pause, while its member is asked all the time whether it is alive. */
class EtcdWatchTest {

    private static final long CLUSTER = 7;
    private static final int EVENTS = 200_000;
    private static final int MOST_TOGETHER = 64;

    /** A watcher takes so long; meanwhile, whoever is to say that the watch is alive has to wait. */
    private static final long WATCHER_NANOS = 100_000;

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong told = new AtomicLong();
    private final AtomicInteger signs = new AtomicInteger();
    private final AtomicInteger tooEarly = new AtomicInteger();
    private Server member;

    @BeforeEach
    void start() throws IOException {
        member = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Answering())
                .addService(new Talking())
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        member.shutdownNow();
    }

    private static ResponseHeader header(long revision) {
        return ResponseHeader.newBuilder()
                .setClusterId(CLUSTER)
                .setRevision(revision)
                .build();
    }

    private final class Answering extends KVGrpc.KVImplBase {
        @Override
        public void range(RangeRequest request, StreamObserver<RangeResponse> answer) {
            asked.incrementAndGet();
            answer.onNext(RangeResponse.newBuilder().setHeader(header(EVENTS)).build());
            answer.onCompleted();
        }
    }

    /** Sends as fast as they are taken. */
    private static final class Talking extends WatchGrpc.WatchImplBase {
        @Override
        public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> responses) {
            var call = (ServerCallStreamObserver<WatchResponse>) responses;
            var sent = new AtomicInteger(EVENTS);
            var random = new Random(1);
            Runnable pump = () -> {
                while (call.isReady() && sent.get() < EVENTS) {
                    int after = sent.get();
                    sent.set(Math.min(EVENTS, after + random.nextInt(1, MOST_TOGETHER)));
                    call.onNext(events(after, sent.get()));
                }
            };
            call.setOnReadyHandler(pump);
            return new StreamObserver<>() {
                @Override
                public void onNext(WatchRequest request) {
                    call.onNext(WatchResponse.newBuilder()
                            .setHeader(header(EVENTS))
                            .setCreated(true)
                            .build());
                    sent.set(0);
                    pump.run();
                }

                @Override
                public void onError(Throwable failure) {
                    // The store was closed.
                }

                @Override
                public void onCompleted() {
                    call.onCompleted();
                }
            };
        }
    }

    private static WatchResponse events(int after, int last) {
        var response = WatchResponse.newBuilder().setHeader(header(EVENTS));
        for (int revision = after + 1; revision <= last; revision++) {
            response.addEvents(Event.newBuilder()
                    .setKv(KeyValue.newBuilder()
                            .setKey(ByteString.copyFromUtf8("/apisix/routes/1"))
                            .setModRevision(revision)));
        }
        return response.build();
    }

    private final class Noting implements StoreWatcher {
        @Override
        public void changed(long revision, List<StoreEvent> events) {
            told.set(revision);
            LockSupport.parkNanos(WATCHER_NANOS);
        }

        @Override
        public void progressed(long revision) {
            signs.incrementAndGet();
            if (revision > told.get()) {
                tooEarly.incrementAndGet();
            }
        }

        @Override
        public void ended(Ending ending, String reason) {
            // What is missing then is not told.
        }
    }

    @Test
    void aSignOfLifeNeverOvertakesAnEventOnItsWay() {
        var settings =
                Map.of("etcd.endpoints", "http://127.0.0.1:" + member.getPort(), "etcd.probe-interval", "PT0.0001S");
        try (var store = EtcdConfigStore.open(TestStoreConfig.with(settings), new Random(1))) {
            store.watch(WatchStart.behind(EtcdReader.storeId(CLUSTER), 0), new Noting());

            await().atMost(TestPatience.LONG).until(() -> told.get() == EVENTS);

            assertThat(asked).hasValueGreaterThan(100);
            assertThat(signs).hasValueGreaterThan(100);
            assertThat(tooEarly).hasValue(0);
        }
    }
}
