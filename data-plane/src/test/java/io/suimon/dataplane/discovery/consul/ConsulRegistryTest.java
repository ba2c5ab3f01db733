package io.suimon.dataplane.discovery.consul;

import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.discovery.http.RegistrySettings;
import io.suimon.dataplane.discovery.http.TestHost;
import io.suimon.dataplane.discovery.http.TestServer.Answer;
import io.suimon.dataplane.discovery.http.Told;
import io.suimon.engine.resource.Upstream.Discovery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Services in the catalogue of Consul. */
class ConsulRegistryTest {

    @RegisterExtension
    static final TestHost HOST = new TestHost();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SHOP = "/v1/health/service/shop";

    private final RecordedConsul consul = new RecordedConsul();
    private final Map<String, String> settings = new HashMap<>(Map.of("servers", consul.url()));
    private final List<Registry> open = new ArrayList<>();
    private final Told told = new Told();

    @AfterEach
    void stop() {
        open.forEach(Registry::close);
        consul.close();
    }

    private Registry registry() {
        var config = RegistrySettings.of(ConsulConfig.class, "suimon.discovery.consul.", settings);
        var registry = ConsulRegistry.open(config, HOST.host()).orElseThrow();
        open.add(registry);
        return registry;
    }

    private static Discovery service(String name) {
        return new Discovery("consul", name, null, null, Map.of());
    }

    private Registry follow(String name) {
        var registry = registry();
        var unused = registry.watch(service(name), told);
        return registry;
    }

    private void awaitPlaces(String... places) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told.places()).containsExactly(places));
    }

    @Test
    void readsWhatConsulWasSeenToSay() throws IOException {
        try (var recorded = getClass().getResourceAsStream("health.json")) {
            consul.set(SHOP, new String(recorded.readAllBytes(), StandardCharsets.UTF_8));
        }

        follow("shop");

        // the weight of metadata; the address of the node and weights.Passing
        awaitPlaces("10.0.0.1:8080 5", "127.0.0.1:8081 3");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"Meta\": {\"weight\": \"7\"}, \"Weights\": {\"Passing\": 3}`, 7",
                "`\"Meta\": {\"weight\": \"x\"}, \"Weights\": {\"Passing\": 3}`, 3",
                "`\"Meta\": null, \"Weights\": {\"Passing\": 0}`, 0",
                "`\"Meta\": {}, \"Weights\": null`, 9",
                "`\"Tags\": []`, 9",
            })
    void theWeightIsThatOfMetadataThenOfConsulThenOfTheSettings(String members, String weight) {
        settings.put("weight", "9");
        consul.set(SHOP, "[{\"Service\": {\"Address\": \"10.0.0.1\", \"Port\": 80, " + members + "}}]");

        follow("shop");

        awaitPlaces("10.0.0.1:80 " + weight);
    }

    @Test
    void onlyNodesWhoseChecksPassAreFound() {
        consul.set(SHOP, """
                [{"Service": {"Address": "10.0.0.1", "Port": 80}, "Checks": [{"Status": "passing"}, {"Status": "critical"}]},
                 {"Service": {"Address": "10.0.0.2", "Port": 80}, "Checks": [{"Status": "passing"}]}]""");

        follow("shop");

        awaitPlaces("10.0.0.2:80 1");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "origin,       10.0.0.2:81 1 | 10.0.0.1:82 1 | 10.0.0.2:80 1",
        "host_sort,    10.0.0.1:82 1 | 10.0.0.2:81 1 | 10.0.0.2:80 1",
        "port_sort,    10.0.0.2:80 1 | 10.0.0.2:81 1 | 10.0.0.1:82 1",
        "combine_sort, 10.0.0.1:82 1 | 10.0.0.2:80 1 | 10.0.0.2:81 1",
    })
    void endpointsAreOrderedAsTheSettingSays(String order, String places) {
        settings.put("sort-type", order);
        consul.setService("shop", "10.0.0.2:81 1", "10.0.0.1:82 1", "10.0.0.2:80 1");

        follow("shop");

        awaitPlaces(places.split(" \\| "));
    }

    @Test
    void aChangeIsFoundWhileAQueryWaitsForIt() {
        settings.put("fetch-interval", "1h");
        consul.setService("shop", "10.0.0.1:80 1");
        follow("shop");
        await().atMost(PATIENCE).until(() -> consul.waiting() == 1);

        consul.setService("shop", "10.0.0.1:80 1", "10.0.0.2:80 2");

        awaitPlaces("10.0.0.1:80 1", "10.0.0.2:80 2");
        assertThat(consul.http.asked().get(1)).contains("&index=8&wait=");
    }

    @Test
    void anIndexThatGoesBackwardsIsForgotten() {
        settings.put("fetch-interval", "10ms");
        consul.setService("shop", "10.0.0.1:80 1");
        follow("shop");
        await().atMost(PATIENCE).until(() -> consul.waiting() == 1);

        consul.moveTo(3);

        await().atMost(PATIENCE).until(() -> consul.http.asked().stream().anyMatch(one -> one.contains("index=3&")));
        assertThat(consul.http.asked().get(2)).isEqualTo("GET " + SHOP + "?passing=true");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"-1", "0", "x", "99999999999999999999", ""})
    void anIndexThatIsNoneIsNotWaitedWith(String index) {
        settings.put("fetch-interval", "10ms");
        consul.http.answer(request -> new Answer(200, Map.of("X-Consul-Index", index), "[]"));

        follow("shop");

        await().atMost(PATIENCE).until(() -> told.answers() >= 3);
        assertThat(consul.http.asked()).containsOnly("GET " + SHOP + "?passing=true");
    }

    @Test
    void withoutKeepaliveItIsAskedAgainAfterTheInterval() {
        settings.put("keepalive", "false");
        settings.put("fetch-interval", "10ms");
        consul.setService("shop", "10.0.0.1:80 1");

        follow("shop");

        await().atMost(PATIENCE).until(() -> told.answers() >= 3);
        assertThat(consul.http.asked()).containsOnly("GET " + SHOP + "?passing=true");
    }

    @Test
    void aServiceThatConsulDoesNotKnowHasNoEndpoints() {
        follow("none");

        awaitPlaces();
    }

    @Test
    void aServiceWithoutEndpointsHasTheDefaultOne() {
        settings.put("default-service.host", "10.9.9.9");
        settings.put("default-service.port", "8088");
        settings.put("default-service.weight", "3");

        follow("none");

        awaitPlaces("10.9.9.9:8088 3");
    }

    @Test
    void aServiceThatIsSkippedIsNotAskedFor() {
        settings.put("skip-services", "other,shop");
        consul.setService("shop", "10.0.0.1:80 1");

        follow("shop");

        awaitPlaces();
        assertThat(consul.http.asked()).isEmpty();
    }

    @Test
    void onlyServicesThatAreFollowedAreAskedFor() {
        for (int i = 0; i < 5000; i++) {
            consul.setService("s" + i, "10.0.0.1:80 1");
        }
        var registry = registry();

        for (int i = 0; i < 10; i++) {
            var unused = registry.watch(service("s" + i), told);
        }

        await().atMost(PATIENCE).until(() -> consul.waiting() == 10);
        assertThat(consul.http.asked()).hasSize(20);
    }

    @Test
    void theTokenIsShown() {
        settings.put("token", "s3cret");
        consul.require("s3cret");
        consul.setService("shop", "10.0.0.1:80 1");

        follow("shop");

        awaitPlaces("10.0.0.1:80 1");
    }

    @Test
    void aTokenThatIsRefusedIsAFailureThatDoesNotShowIt() {
        settings.put("token", "s3cret");
        consul.require("other");

        follow("shop");

        await().atMost(PATIENCE).until(() -> !told.failures().isEmpty());
        assertThat(told.failures().getFirst()).isEqualTo(consul.url() + ": status 403 (expected: 200)");
        assertThat(told.answers()).isZero();
    }

    @Test
    void aListThatTheTokenMayNotReadIsAFailureAndNotAServiceWithoutEndpoints() {
        consul.http.answer(request ->
                new Answer(200, Map.of("X-Consul-Index", "5", "X-Consul-Results-Filtered-By-ACLs", "true"), "[]"));

        follow("shop");

        await().atMost(PATIENCE).until(() -> !told.failures().isEmpty());
        assertThat(told.failures().getFirst()).contains("the token may not read the service");
        assertThat(told.answers()).isZero();
    }

    @Test
    void anotherServerIsAskedWhenOneFails() {
        consul.setService("shop", "10.0.0.1:80 1");
        settings.put("servers", "http://127.0.0.1:1," + consul.url());

        follow("shop");

        awaitPlaces("10.0.0.1:80 1");
        assertThat(told.failures()).isEmpty();
    }

    @Test
    void aServerThatComesBackIsFoundAgain() {
        consul.setService("shop", "10.0.0.1:80 1");
        follow("shop");
        awaitPlaces("10.0.0.1:80 1");

        consul.http.stop();
        await().atMost(PATIENCE).until(() -> !told.failures().isEmpty());
        consul.setService("shop", "10.0.0.2:80 1");
        consul.http.restart();

        awaitPlaces("10.0.0.2:80 1");
        assertThat(told.overlapped()).isFalse();
    }

    @Test
    void aServiceThatIsNotFollowedAnyMoreIsNotAskedFor() {
        consul.setService("shop", "10.0.0.1:80 1");
        var watch = registry().watch(service("shop"), told);
        await().atMost(PATIENCE).until(() -> consul.waiting() == 1);

        watch.close();
        consul.setService("shop", "10.0.0.2:80 1");
        var other = new Told();
        var unused = open.getFirst().watch(service("shop"), other);

        await().atMost(PATIENCE).until(() -> other.answers() > 0);
        assertThat(told.places()).containsExactly("10.0.0.1:80 1");
        assertThat(consul.http.asked()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void namesAreEncoded() {
        consul.setService("a%20b%2Fc%3Fd", "10.0.0.1:80 1");

        follow("a b/c?d");

        awaitPlaces("10.0.0.1:80 1");
    }

    @Test
    void aNameThatIsNoneIsAFailure() {
        follow(" ");

        assertThat(told.failures()).containsExactly("service_name: a name of 1 characters (expected: 1..255)");
    }

    @Test
    void theDumpHasServicesAndSettingsWithoutTheToken() {
        settings.put("token", "s3cret");
        settings.put("servers", consul.url().replace("http://", "http://user:pa55@"));
        consul.require("s3cret");
        consul.setService("shop", "10.0.0.1:80 1");

        var registry = follow("shop");

        await().atMost(PATIENCE).until(() -> told.answers() > 0);
        assertThat(registry.dump())
                .hasValue(("{\"services\":{\"shop\":[{\"host\":\"10.0.0.1\",\"port\":80,\"weight\":1}]},"
                                + "\"config\":{\"servers\":[\"%s\"],\"keepalive\":true,\"fetch_interval\":3,\"weight\":1,"
                                + "\"sort_type\":\"origin\",\"timeout\":{\"connect\":2000,\"read\":2000,\"wait\":60},"
                                + "\"skip_services\":[]}}")
                        .formatted(consul.url()));
    }
}
