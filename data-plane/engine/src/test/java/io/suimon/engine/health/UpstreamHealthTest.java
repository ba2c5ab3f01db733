package io.suimon.engine.health;

import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.HealthCheck;
import io.suimon.engine.resource.HealthCheck.Thresholds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class UpstreamHealthTest {

    private static final HealthRules ONE = new HealthRules(new Thresholds(Set.of(200), 1, Set.of(500), 1, 1, 1));

    private final EndpointHealth[] endpoints = {new EndpointHealth(), new EndpointHealth(), new EndpointHealth()};
    private final List<EndpointHealth> changed = new ArrayList<>();

    @Test
    void everybodyIsHealthyAndNobodyIsCountedUntilSomebodyWatches() {
        var health = upstream(new Thresholds(Set.of(200), 1, Set.of(500), 1, 1, 1));

        health.answered(0, 500);

        assertThat(health.view().isWhole()).isTrue();
        assertThat(endpoints[0].now()).isSameAs(Health.INITIAL);
    }

    @Test
    void leavesOutWhoIsNotUsable() {
        var health = watched(new Thresholds(Set.of(200), 2, Set.of(500), 2, 1, 1));

        health.answered(1, 500);
        health.answered(1, 404);
        health.answered(1, 500);

        assertThat(left(health)).containsExactly(0, 2);
        assertThat(changed).containsExactly(endpoints[1]);
    }

    @Test
    void takesBackWhoIsUsableAgain() {
        var health = watched(new Thresholds(Set.of(200), 2, Set.of(500), 1, 1, 1));
        health.answered(1, 500);

        health.answered(1, 200);
        health.answered(1, 200);

        assertThat(health.view().isWhole()).isTrue();
        assertThat(changed).hasSize(2);
    }

    @Test
    void whereAllAreUnhealthyAllAreUsed() {
        var health = watched(new Thresholds(Set.of(200), 2, Set.of(500), 1, 1, 1));

        IntStream.range(0, 3).forEach(place -> health.answered(place, 500));

        assertThat(health.view().isWhole()).isTrue();
    }

    @ParameterizedTest(name = "{0}, the client is answered {1}: {2}")
    @CsvSource({
        "TCP_FAILURE, 0,   0/0/1/0", // another try follows
        "TIMEOUT,     0,   0/0/0/1",
        "TIMEOUT,     504, 0/1/0/0", // the last status counts where it is listed
        "TCP_FAILURE, 502, 0/0/1/0",
    })
    void aTryThatFailedCountsByHowItFailedOrByTheLastStatus(HealthEvent how, int lastStatus, String counters) {
        var health = watched(new Thresholds(Set.of(200), 2, Set.of(504), 9, 9, 9));

        health.failed(2, how, lastStatus);

        var now = endpoints[2].now();
        assertThat(now.successes() + "/" + now.httpFailures() + "/" + now.tcpFailures() + "/" + now.timeouts())
                .isEqualTo(counters);
    }

    @Test
    void withoutPassiveChecksExchangesAreNotCounted() {
        var health = upstream(null);
        health.watch(endpoints);

        health.answered(0, 500);
        health.failed(0, HealthEvent.TCP_FAILURE, 0);

        assertThat(endpoints[0].now()).isSameAs(Health.INITIAL);
    }

    @Test
    void saysWhereOnlyThoseWithoutWeightAreLeft() {
        var health = watched(null);
        endpoints[0].report(HealthEvent.TCP_FAILURE, ONE);
        endpoints[1].report(HealthEvent.TCP_FAILURE, ONE);

        health.refresh();

        assertThat(health.view().isWeightless()).isTrue();
        assertThat(left(health)).containsExactly(2);
    }

    private UpstreamHealth watched(@Nullable Thresholds passive) {
        var health = upstream(passive);
        health.watch(endpoints);
        return health;
    }

    private UpstreamHealth upstream(@Nullable Thresholds passive) {
        var active = new HealthCheck.Active(
                HealthCheck.Type.HTTP,
                Duration.ofSeconds(1),
                10,
                null,
                null,
                "GET",
                "/",
                "",
                List.of(),
                true,
                Duration.ZERO,
                Duration.ZERO,
                new Thresholds(Set.of(200), 1, Set.of(500), 1, 1, 1));
        var checks = new HealthCheck(
                active, passive == null ? null : new HealthCheck.Passive(HealthCheck.Type.HTTP, passive));
        return new UpstreamHealth(
                List.of(
                        new Endpoint("127.0.0.1", 1, 1, 0),
                        new Endpoint("127.0.0.1", 2, 1, 0),
                        new Endpoint("127.0.0.1", 3, 0, 0)),
                checks,
                changed::add);
    }

    private static List<Integer> left(UpstreamHealth health) {
        var out = new BitSet();
        health.view().addTo(out);
        return IntStream.range(0, 3).filter(place -> !out.get(place)).boxed().toList();
    }
}
