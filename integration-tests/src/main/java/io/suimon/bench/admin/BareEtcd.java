package io.suimon.bench.admin;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What the Admin API is measured against: the same value put under the same kind of condition, by the client library the control plane
 * uses, and nothing else. Its key is not below the control plane's prefix. One thread.
 */
final class BareEtcd implements AutoCloseable {

    private static final long ANSWER_WITHIN_SECONDS = 10;

    private final ManagedChannel channel;
    private final ByteString key = ByteString.copyFromUtf8("/bench/reference");
    private final ByteString value;
    private long modRevision;

    /** @param stored the key whose value is put */
    BareEtcd(int port, String stored) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        var range = RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8(stored));
        var found = calls().range(range.build());
        if (found.getKvsCount() == 0) {
            throw new IllegalStateException("etcd: nothing at " + stored + " (expected: a route)");
        }
        value = found.getKvs(0).getValue();
    }

    /** Puts for so long: what it is compared with is warm, too. */
    void warmUp(Duration length) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < length.toNanos()) {
            put();
        }
    }

    /** Puts the value on condition that nobody else did meanwhile, and returns how many nanoseconds that took. */
    long put() {
        long begun = System.nanoTime();
        var compare = Compare.newBuilder()
                .setKey(key)
                .setTarget(Compare.CompareTarget.MOD)
                .setResult(Compare.CompareResult.EQUAL)
                .setModRevision(modRevision);
        var put = PutRequest.newBuilder().setKey(key).setValue(value);
        var answer = calls().txn(TxnRequest.newBuilder()
                .addCompare(compare)
                .addSuccess(RequestOp.newBuilder().setRequestPut(put))
                .build());
        if (!answer.getSucceeded()) {
            throw new IllegalStateException("etcd: " + key.toStringUtf8() + " was written by somebody else");
        }
        modRevision = answer.getHeader().getRevision();
        return System.nanoTime() - begun;
    }

    private KVGrpc.KVBlockingStub calls() {
        return KVGrpc.newBlockingStub(channel).withDeadlineAfter(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
