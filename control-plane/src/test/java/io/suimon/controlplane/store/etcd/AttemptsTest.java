package io.suimon.controlplane.store.etcd;

import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.Guard;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.TestStoreConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What follows a call that ends with a status a real member cannot be made to send at will. */
class AttemptsTest {

    private static final long REVISION = 7;

    private final AtomicInteger calls = new AtomicInteger();
    private Status first = Status.OK;
    private Server one;
    private Server other;
    private ConfigStore store;

    /** Answers the first call of all with what is scripted, every other one with success. */
    private final class ScriptedMember extends KVGrpc.KVImplBase {
        @Override
        public void txn(TxnRequest request, StreamObserver<TxnResponse> answer) {
            if (calls.getAndIncrement() == 0) {
                answer.onError(first.asRuntimeException());
                return;
            }
            var header = ResponseHeader.newBuilder().setRevision(REVISION);
            answer.onNext(TxnResponse.newBuilder()
                    .setHeader(header)
                    .setSucceeded(true)
                    .build());
            answer.onCompleted();
        }
    }

    @BeforeEach
    void start() throws IOException {
        one = member();
        other = member();
        var endpoints = "http://127.0.0.1:" + one.getPort() + ",http://127.0.0.1:" + other.getPort();
        store = EtcdConfigStore.open(TestStoreConfig.with(Map.of("etcd.endpoints", endpoints)), new Random(1));
    }

    private Server member() throws IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new ScriptedMember())
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        store.close();
        one.shutdownNow();
        other.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"UNAVAILABLE", "UNKNOWN", "INTERNAL", "CANCELLED", "ABORTED", "DATA_LOSS"})
    void aWriteThatBreaksItsGuardIsMadeAgainAfterNoAnswer(Status.Code code) {
        first = code.toStatus().withDescription("the way broke");

        var commit = store.commit(List.of(new Guard("routes/1", 3)), List.of(put("routes/1")));

        assertThat(commit).isEqualTo(new Commit.Done(REVISION));
        assertThat(calls).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"UNAVAILABLE", "UNKNOWN", "INTERNAL", "CANCELLED", "ABORTED", "DATA_LOSS"})
    void aWriteThatDoesNotBreakItsGuardIsLeftUnknownAfterNoAnswer(Status.Code code) {
        first = code.toStatus().withDescription("the way broke");

        var commit = store.commit(List.of(new Guard("routes/1", 3)), List.of(put("routes/2")));

        assertThat(commit)
                .isInstanceOfSatisfying(
                        Commit.Unavailable.class,
                        it -> assertThat(it.mayTakeEffect()).isTrue());
        assertThat(calls).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"INVALID_ARGUMENT", "PERMISSION_DENIED", "FAILED_PRECONDITION", "OUT_OF_RANGE", "UNIMPLEMENTED"})
    void aRefusalIsNotAskedForTwice(Status.Code code) {
        first = code.toStatus().withDescription("refused");

        var commit = store.commit(List.of(new Guard("routes/1", 3)), List.of(put("routes/1")));

        assertThat(commit)
                .isInstanceOfSatisfying(
                        Commit.Unavailable.class,
                        it -> assertThat(it.mayTakeEffect()).isFalse());
        assertThat(calls).hasValue(1);
    }

    private static Mutation put(String path) {
        return new Mutation.Put(path, "{}".getBytes(UTF_8), null);
    }
}
