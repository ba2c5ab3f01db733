package io.suimon.controlplane.store.etcd;

import io.grpc.Deadline;
import io.suimon.controlplane.store.EndpointHealth;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EtcdMembersTest {

    private final EtcdMembers members = new EtcdMembers(
            List.of(new EtcdEndpoint("a", 1, false), new EtcdEndpoint("b", 2, false)),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            new Random(1));
    private final EtcdMembers.Member first = members.drawWell(List.of()).orElseThrow();
    private final EtcdMembers.Member second = members.drawWell(List.of(first)).orElseThrow();

    private EtcdMembers.Member drawn() {
        return members.await(Deadline.after(1, TimeUnit.SECONDS)).orElseThrow();
    }

    private EndpointHealth health(EtcdMembers.Member member) {
        return members.health().stream()
                .filter(each -> each.endpoint().equals(member.endpoint().toString()))
                .findFirst()
                .orElseThrow();
    }

    private static EndpointHealth health(
            EtcdMembers.Member of, boolean up, long answers, long failures, long leaves, @Nullable String reason) {
        return new EndpointHealth(of.endpoint().toString(), up, answers, failures, leaves, Optional.ofNullable(reason));
    }

    @Test
    void membersNobodyAskedCountAsWellInTheOrderOfTheSettings() {
        assertThat(members.health())
                .containsExactly(
                        new EndpointHealth("a:1", true, 0, 0, 0, Optional.empty()),
                        new EndpointHealth("b:2", true, 0, 0, 0, Optional.empty()));
    }

    @Test
    void everyMemberIsDrawnAndNoneIsPreferred() {
        var drawn = IntStream.range(0, 400)
                .mapToObj(i -> drawn())
                .filter(first::equals)
                .count();

        assertThat(drawn).isBetween(120L, 280L);
    }

    @Test
    void failuresOfAMemberAreItsOwnAndTheNewestIsTheReason() {
        members.answered(first);
        members.answered(first);
        members.failed(second, "refused");
        members.failed(second, "refused again");

        assertThat(health(first)).isEqualTo(health(first, true, 2, 0, 0, null));
        assertThat(health(second)).isEqualTo(health(second, false, 0, 2, 1, "refused again"));
    }

    @Test
    void memberThatAnswersAgainIsUsedAndItsCountsStay() {
        members.failed(second, "refused");
        members.answered(second);
        members.failed(second, "silent");
        members.answered(second);

        assertThat(health(second)).isEqualTo(health(second, true, 2, 2, 2, null));
    }

    @Test
    void suspectedMemberIsUsedWhereThereIsNoOther() {
        members.suspect(first);

        assertThat(health(first)).isEqualTo(health(first, true, 0, 0, 0, null));
        assertThat(members.drawWell(List.of())).contains(second);
        members.failed(second, "refused");
        assertThat(members.drawWell(List.of())).isEmpty();
        assertThat(drawn()).isEqualTo(first);
    }
}
