package io.suimon.controlplane.store.etcd;

import io.grpc.Status;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EtcdFailureTest {

    private static EtcdFailure sent(Status status) {
        return new EtcdFailure(status, true, "text");
    }

    @ParameterizedTest(name = "{0}: unreachable {1}, no answer {2}, may take effect {3}")
    @CsvSource({
        "UNAVAILABLE,        true,  true,  true",
        "UNKNOWN,            false, true,  true",
        "INTERNAL,           false, true,  true",
        "CANCELLED,          false, true,  true",
        "ABORTED,            false, true,  true",
        "DATA_LOSS,          false, true,  true",
        "DEADLINE_EXCEEDED,  false, false, true",
        "INVALID_ARGUMENT,   false, false, false",
        "PERMISSION_DENIED,  false, false, false",
        "UNAUTHENTICATED,    false, false, false",
        "RESOURCE_EXHAUSTED, false, false, false",
    })
    void saysWhatAStatusMeansForACallThatWasSent(
            Status.Code code, boolean unreachable, boolean noAnswer, boolean mayTakeEffect) {
        var failure = sent(code.toStatus());

        assertThat(failure.isUnreachable()).isEqualTo(unreachable);
        assertThat(failure.isNoAnswer()).isEqualTo(noAnswer);
        assertThat(failure.mayTakeEffect()).isEqualTo(mayTakeEffect);
    }

    @Test
    void aConnectionThatBrokeUnderACallMakesTheMemberUnreachable() {
        var closed = Status.UNKNOWN.withDescription("channel closed").withCause(new ClosedChannelException());
        var reset = Status.UNKNOWN.withCause(new IOException("Connection reset by peer"));

        assertThat(sent(closed).isUnreachable()).isTrue();
        assertThat(sent(reset).isUnreachable()).isTrue();
    }

    @Test
    void whatNeverLeftCannotTakeEffect() {
        var failure = new EtcdFailure(Status.UNKNOWN, false, "text");

        assertThat(failure.mayTakeEffect()).isFalse();
    }
}
