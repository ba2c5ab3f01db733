package io.suimon.controlplane.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnResponse;
import io.suimon.controlplane.store.Guard;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.Transaction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class WitnessTest {

    private static final KeySpace KEYS = KeySpace.of("/apisix");
    private static final int HEAD = 90;

    private static Mutation put(String path) {
        return new Mutation.Put(path, "mine".getBytes(UTF_8), null);
    }

    private static TxnResponse refusal(@Nullable Long modRevision, @Nullable String value) {
        var range = RangeResponse.newBuilder();
        if (modRevision != null && value != null) {
            range.addKvs(KeyValue.newBuilder().setModRevision(modRevision).setValue(ByteString.copyFromUtf8(value)));
        }
        return TxnResponse.newBuilder()
                .setHeader(ResponseHeader.newBuilder().setRevision(HEAD))
                .addResponses(ResponseOp.newBuilder().setResponseRange(range))
                .build();
    }

    @ParameterizedTest(name = "{0} guarded at {1}, then {3} at {2}: {4}")
    @CsvSource({
        // what is done; guarded at; found at; with value; what became of it
        "put,    0,   ,        , Conflict[]",
        "put,    0, 50, mine   , Done[revision=50]",
        "put,    0, 50, another, unknown",
        "put,   40, 40, before , Conflict[]",
        "put,   40, 40, mine   , Conflict[]",
        "put,   40, 50, mine   , Done[revision=50]",
        "put,   40, 50, another, unknown",
        "put,   40,   ,        , unknown",
        "delete,40,   ,        , Done[revision=90]",
        "delete,40, 40, before , Conflict[]",
        "delete,40, 50, another, unknown",
    })
    void tellsWhatBecameOfAnEarlierAttempt(
            String what, long guarded, @Nullable Long foundAt, @Nullable String value, String expected) {
        var mutation = what.equals("put") ? put("routes/1") : new Mutation.Delete("routes/1");
        var transaction = new Transaction(List.of(new Guard("routes/1", guarded)), List.of(mutation));

        var outcome = Witness.of(transaction, KEYS).orElseThrow().outcome(refusal(foundAt, value));

        assertThat(outcome.map(Object::toString).orElse("unknown")).isEqualTo(expected);
    }

    @Test
    void aTransactionThatLeavesItsGuardsWholeHasNone() {
        var other = new Transaction(List.of(new Guard("services/1", 5)), List.of(put("routes/1")));
        var nothing = new Transaction(List.of(new Guard("routes/1", 0)), List.of(new Mutation.Delete("routes/1")));
        var unguarded = new Transaction(List.of(), List.of(put("routes/1")));

        var witnesses = List.of(Witness.of(other, KEYS), Witness.of(nothing, KEYS), Witness.of(unguarded, KEYS));

        assertThat(witnesses).allMatch(Optional::isEmpty);
    }
}
