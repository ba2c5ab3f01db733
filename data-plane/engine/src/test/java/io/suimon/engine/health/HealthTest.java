package io.suimon.engine.health;

import io.suimon.engine.resource.HealthCheck;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HealthTest {

    /** State, then success / http_failure / tcp_failure / timeout_failure; two of a kind in a row change the state but for success: three. */
    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource({
        // A healthy endpoint has nothing left to prove.
        "healthy 0/0/0/0,          success,      healthy 0/0/0/0",
        "healthy 3/0/0/0,          success,      healthy 3/0/0/0",
        "healthy 0/0/0/0,          http_failure, mostly_healthy 0/1/0/0",
        "healthy 0/0/0/0,          tcp_failure,  mostly_healthy 0/0/1/0",
        "healthy 0/0/0/0,          timeout,      mostly_healthy 0/0/0/1",
        "healthy 3/0/0/0,          tcp_failure,  mostly_healthy 0/0/1/0",
        // A success ends a row of failures, but only as many as it takes make it healthy.
        "mostly_healthy 0/1/0/0,   success,      mostly_healthy 1/0/0/0",
        "mostly_healthy 0/1/1/1,   success,      mostly_healthy 1/0/0/0",
        "mostly_healthy 1/0/0/0,   success,      mostly_healthy 2/0/0/0",
        "mostly_healthy 2/0/0/0,   success,      healthy 3/0/0/0",
        // Failures of different kinds are counted apart, and a failure ends a row of successes.
        "mostly_healthy 0/1/0/0,   tcp_failure,  mostly_healthy 0/1/1/0",
        "mostly_healthy 0/1/1/0,   timeout,      mostly_healthy 0/1/1/1",
        "mostly_healthy 2/0/0/0,   http_failure, mostly_healthy 0/1/0/0",
        "mostly_healthy 0/1/0/0,   http_failure, unhealthy 0/2/0/0",
        "mostly_healthy 0/0/1/0,   tcp_failure,  unhealthy 0/0/2/0",
        "mostly_healthy 0/0/0/1,   timeout,      unhealthy 0/0/0/2",
        "mostly_healthy 0/1/1/1,   timeout,      unhealthy 0/1/1/2",
        // What made it unhealthy stays to be seen until something speaks for it.
        "unhealthy 0/0/2/0,        http_failure, unhealthy 0/0/2/0",
        "unhealthy 0/0/2/0,        tcp_failure,  unhealthy 0/0/2/0",
        "unhealthy 0/0/2/0,        timeout,      unhealthy 0/0/2/0",
        "unhealthy 0/0/2/0,        success,      mostly_unhealthy 1/0/0/0",
        "mostly_unhealthy 1/0/0/0, success,      mostly_unhealthy 2/0/0/0",
        "mostly_unhealthy 2/0/0/0, success,      healthy 3/0/0/0",
        "mostly_unhealthy 2/0/0/0, http_failure, unhealthy 0/1/0/0",
        "mostly_unhealthy 2/0/0/0, tcp_failure,  unhealthy 0/0/1/0",
        "mostly_unhealthy 2/0/0/0, timeout,      unhealthy 0/0/0/1",
    })
    void everyEventInEveryState(String before, String event, String after) {
        var happened = HealthEvent.valueOf(event.toUpperCase(Locale.ROOT));

        var health = health(before).after(happened, happened == HealthEvent.SUCCESS ? 3 : 2);

        assertThat(health).isEqualTo(health(after));
    }

    @ParameterizedTest(name = "{0}: {1} at once -> {2}")
    @CsvSource({
        "healthy 0/0/0/0,   http_failure, unhealthy 0/1/0/0",
        "healthy 0/0/0/0,   tcp_failure,  unhealthy 0/0/1/0",
        "healthy 0/0/0/0,   timeout,      unhealthy 0/0/0/1",
        "unhealthy 0/0/1/0, success,      healthy 1/0/0/0",
    })
    void oneEventIsEnoughWhereTheThresholdIsOne(String before, String event, String after) {
        var health = health(before).after(HealthEvent.valueOf(event.toUpperCase(Locale.ROOT)), 1);

        assertThat(health).isEqualTo(health(after));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"healthy 0/0/0/0", "mostly_healthy 0/1/1/1", "mostly_unhealthy 1/0/0/0", "unhealthy 0/0/2/0"})
    void zeroTurnsACounterOff(String state) {
        var before = health(state);

        var after = Arrays.stream(HealthEvent.values()).map(event -> before.after(event, 0));

        assertThat(after).allSatisfy(one -> assertThat(one).isSameAs(before));
    }

    @ParameterizedTest
    @CsvSource({"HEALTHY, true", "MOSTLY_HEALTHY, true", "MOSTLY_UNHEALTHY, false", "UNHEALTHY, false"})
    void onlyHealthyAndMostlyHealthyOnesAreUsed(HealthState state, boolean usable) {
        assertThat(state.usable()).isEqualTo(usable);
    }

    @ParameterizedTest
    @CsvSource({"200, SUCCESS", "302, SUCCESS", "500, HTTP_FAILURE", "302, SUCCESS", "404,", "599,", "503, SUCCESS"})
    void aStatusThatIsNotListedSaysNothing(int status, HealthEvent event) {
        var rules = new HealthRules(new HealthCheck.Thresholds(Set.of(200, 302, 503), 1, Set.of(500, 503), 1, 1, 1));

        assertThat(rules.of(status)).isEqualTo(event);
    }

    @Test
    void eachKindOfEventHasItsThreshold() {
        var endpoint = new EndpointHealth();
        var rules = new HealthRules(new HealthCheck.Thresholds(Set.of(200), 1, Set.of(500), 2, 3, 4));

        var changed = Stream.of(
                        HealthEvent.HTTP_FAILURE, HealthEvent.TCP_FAILURE, HealthEvent.TCP_FAILURE, HealthEvent.TIMEOUT)
                .map(event -> endpoint.report(event, rules));

        assertThat(changed).containsOnly(false);
        assertThat(endpoint.now()).isEqualTo(health("mostly_healthy 0/1/2/1"));
        assertThat(endpoint.report(HealthEvent.TCP_FAILURE, rules)).isTrue();
        assertThat(endpoint.report(HealthEvent.TCP_FAILURE, rules)).isFalse();
        assertThat(endpoint.report(HealthEvent.SUCCESS, rules)).isTrue();
        assertThat(endpoint.now().state()).isEqualTo(HealthState.HEALTHY);
    }

    private static Health health(String text) {
        var parts = text.split("[ /]", -1);
        return new Health(
                HealthState.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]));
    }
}
