package io.suimon.engine.resource;

import io.suimon.engine.resource.HealthCheck.Active;
import io.suimon.engine.resource.HealthCheck.Passive;
import io.suimon.engine.resource.HealthCheck.Thresholds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HealthCheckReaderTest {

    private static final Thresholds ACTIVE =
            new Thresholds(Set.of(200, 302), 2, Set.of(429, 404, 500, 501, 502, 503, 504, 505), 5, 2, 3);

    private static Parsed parse(String checks) {
        var json = "{\"nodes\":{\"127.0.0.1:80\":1},\"type\":\"roundrobin\",\"checks\":" + checks + "}";
        return new ResourceParser()
                .parse(new ResourceKey(ResourceKind.UPSTREAM, "1"), json.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable HealthCheck checks(String checks) {
        return ((Upstream) ((Parsed.Accepted) parse(checks)).resource()).healthCheck();
    }

    @Test
    void whatIsNotSaidIsTheDefault() {
        var checks =
                checks("{\"active\":{\"healthy\":{},\"unhealthy\":{}},\"passive\":{\"healthy\":{},\"unhealthy\":{}}}");

        var good = IntStream.concat(
                        IntStream.concat(IntStream.rangeClosed(200, 208), IntStream.of(226)),
                        IntStream.rangeClosed(300, 308))
                .boxed()
                .collect(Collectors.toSet());
        assertThat(checks)
                .isEqualTo(new HealthCheck(
                        new Active(
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
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                ACTIVE),
                        new Passive(HealthCheck.Type.HTTP, new Thresholds(good, 5, Set.of(429, 500, 503), 5, 2, 7))));
    }

    @Test
    void whatIsSaidIsRead() {
        var checks = checks("""
                {"active":{"type":"https","timeout":0.5,"concurrency":3,"host":"p.test","port":81,"http_method":"HEAD",
                 "http_path":"/h","http_req_body":"b","req_headers":["A: b"],"https_verify_certificate":false,
                 "healthy":{"interval":7,"http_statuses":[204],"successes":4},
                 "unhealthy":{"interval":8,"http_statuses":[599],"http_failures":1,"tcp_failures":254,"timeouts":6}},
                 "passive":{"type":"tcp","healthy":{"http_statuses":[200],"successes":0},
                 "unhealthy":{"http_statuses":[500],"http_failures":0,"tcp_failures":1,"timeouts":254}}}""");

        assertThat(checks)
                .isEqualTo(new HealthCheck(
                        new Active(
                                HealthCheck.Type.HTTPS,
                                Duration.ofMillis(500),
                                3,
                                "p.test",
                                81,
                                "HEAD",
                                "/h",
                                "b",
                                List.of("A: b"),
                                false,
                                Duration.ofSeconds(7),
                                Duration.ofSeconds(8),
                                new Thresholds(Set.of(204), 4, Set.of(599), 1, 254, 6)),
                        new Passive(HealthCheck.Type.TCP, new Thresholds(Set.of(200), 0, Set.of(500), 0, 1, 254))));
    }

    @ParameterizedTest(name = "{0}: healthy nodes every {1} s, unhealthy ones every {2} s")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"active\":{}}                                 | 0 | 0",
                "{\"active\":{\"healthy\":{}}}                   | 1 | 0",
                "{\"active\":{\"unhealthy\":{}}}                 | 0 | 1",
                "{\"active\":{\"healthy\":{},\"unhealthy\":{}}}  | 1 | 1",
            })
    void defaultsAreFilledOnlyIntoObjectsThatAreThere(String json, int healthy, int unhealthy) {
        var active = Objects.requireNonNull(checks(json)).active();

        assertThat(active.healthyInterval()).hasSeconds(healthy);
        assertThat(active.unhealthyInterval()).hasSeconds(unhealthy);
        assertThat(active.thresholds()).isEqualTo(ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"passive\":{}}",
                "{\"active\":{\"type\":\"udp\"}}",
                "{\"active\":{\"healthy\":{\"successes\":0}}}",
                "{\"active\":{\"healthy\":{\"interval\":0}}}",
                "{\"active\":{\"unhealthy\":{\"tcp_failures\":255}}}",
                "{\"active\":{\"unhealthy\":{\"http_statuses\":[]}}}",
                "{\"active\":{\"unhealthy\":{\"http_statuses\":[600]}}}",
                "{\"active\":{\"port\":0}}",
                "{\"active\":{},\"passive\":{\"unhealthy\":{\"timeouts\":255}}}",
            })
    void whatCannotBeIsRefused(String json) {
        assertThat(parse(json)).isInstanceOf(Parsed.Refused.class);
    }
}
