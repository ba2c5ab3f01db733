package io.suimon.controlplane.stream;

import io.suimon.proto.sync.v1.Rejection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class QuarantineTest {

    private final Quarantine quarantine = new Quarantine();

    /** Of a node that went from revision 10 to 20 in one step, and then to 30. */
    @BeforeEach
    void takeSteps() {
        var old = rejection("old", 5);
        quarantine.replace(List.of(old), 1, 0, 10);
        quarantine.replace(List.of(old, rejection("broken", 8), rejection("new", 15)), 3, 10, 20);
        quarantine.replace(List.of(old, rejection("broken", 8), rejection("new", 15)), 3, 20, 30);
    }

    @ParameterizedTest(name = "revision {0}: {1}")
    @CsvSource({
        "5,  old",
        "8,  broken", // its own form
        "10, ''",
        "11, broken", // was good at 10, is not at 20
        "15, broken new",
        "20, broken",
        "21, ''",
        "30, ''",
    })
    void revisionIsToldWhatItBroke(long revision, String ids) {
        assertThat(quarantine.concerning(revision))
                .extracting(Node.Rejected::id)
                .containsExactly(ids.isEmpty() ? new String[0] : ids.split(" ", -1));
    }

    @Test
    void whatWasSaidOnAnEarlierStreamIsGoneOnFrom() {
        var later = new Quarantine();
        later.replace(List.of(rejection("broken", 8), rejection("other", 8)), 2, 30, 30);

        later.continueFrom(quarantine);

        assertThat(later.concerning(11)).extracting(Node.Rejected::id).containsExactly("broken");
        assertThat(later.total()).isEqualTo(2);
    }

    private static Rejection rejection(String id, long revision) {
        return Rejection.newBuilder()
                .setKind("routes")
                .setId(id)
                .setRevision(revision)
                .setReason("as asked")
                .build();
    }
}
