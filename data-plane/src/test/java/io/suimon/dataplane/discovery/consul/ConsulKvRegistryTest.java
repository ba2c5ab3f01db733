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
import java.util.Base64;
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

/** Services in the key-value store of Consul. */
class ConsulKvRegistryTest {

    @RegisterExtension
    static final TestHost HOST = new TestHost();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WEB = "/v1/kv/upstreams/web/";

    private final RecordedConsul consul = new RecordedConsul();
    private final Map<String, String> settings = new HashMap<>(Map.of("servers", consul.url()));
    private final List<Registry> open = new ArrayList<>();
    private final Told told = new Told();

    @AfterEach
    void stop() {
        open.forEach(Registry::close);
        consul.close();
    }

    private Registry follow(String name) {
        var config = RegistrySettings.of(ConsulKvConfig.class, "suimon.discovery.consul-kv.", settings);
        var registry = ConsulKvRegistry.open(config, HOST.host()).orElseThrow();
        open.add(registry);
        var unused = registry.watch(new Discovery("consul_kv", name, null, null, Map.of()), told);
        return registry;
    }

    private void awaitPlaces(String... places) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told.places()).containsExactly(places));
    }

    private static String key(String key, String value) {
        var encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        return "{\"Key\": \"upstreams/web/%s\", \"Value\": \"%s\"}".formatted(key, encoded);
    }

    @Test
    void readsWhatConsulWasSeenToSay() throws IOException {
        try (var recorded = getClass().getResourceAsStream("keys.json")) {
            consul.set("/v1/kv/upstreams/webpages/", new String(recorded.readAllBytes(), StandardCharsets.UTF_8));
        }

        follow(consul.url() + "/v1/kv/upstreams/webpages/");

        awaitPlaces("10.0.0.1:8000 2", "10.0.0.2:8000 1", "10.0.0.3:8000 1");
        assertThat(consul.http.asked().getFirst()).isEqualTo("GET /v1/kv/upstreams/webpages/?recurse=true");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "10.0.0.1:80, `{\"weight\": 4, \"max_fails\": 2, \"fail_timeout\": 1}`, 10.0.0.1:80 4",
                "10.0.0.1:80, `{\"weight\": 0}`,    10.0.0.1:80 0",
                "10.0.0.1:80, `{\"weight\": null}`, 10.0.0.1:80 9",
                "10.0.0.1:80, {},                   10.0.0.1:80 9",
                "web.example:80, {},                web.example:80 9",
                "[::1]:80,    {},                   [::1]:80 9",
                // left out: people write keys by hand
                "10.0.0.1:80, `{\"weight\": -1}`,     ``",
                "10.0.0.1:80, `{\"weight\": \"much\"}`, ``",
                "10.0.0.1:80, [],                   ``",
                "10.0.0.1:80, hello,                ``",
                "10.0.0.1:0,  {},                   ``",
                "10.0.0.1:70000, {},                ``",
                "10.0.0.1,    {},                   ``",
                "deeper/10.0.0.1:80, {},            ``",
            })
    void aKeyIsAnEndpointAndItsValueItsWeight(String key, String value, String place) {
        settings.put("weight", "9");
        consul.set(WEB, "[" + key(key, value) + "]");

        follow(consul.url() + WEB);

        awaitPlaces(place.isEmpty() ? new String[0] : new String[] {place});
    }

    @Test
    void aChangeIsFoundWhileAQueryWaitsForIt() {
        settings.put("fetch-interval", "1h");
        consul.set(WEB, "[" + key("10.0.0.1:80", "{}") + "]");
        follow(consul.url() + WEB);
        await().atMost(PATIENCE).until(() -> consul.waiting() == 1);

        consul.set(WEB, "[" + key("10.0.0.2:80", "{}") + "]");

        awaitPlaces("10.0.0.2:80 1");
    }

    @Test
    void keysThereAreNoneOfAreAServiceWithoutEndpoints() {
        follow(consul.url() + "/v1/kv/upstreams/none/");

        awaitPlaces();
    }

    @Test
    void anyOther404IsAFailure() {
        consul.http.answer(request -> Answer.status(404));

        follow(consul.url() + WEB);

        await().atMost(PATIENCE).until(() -> !told.failures().isEmpty());
        assertThat(told.failures().getFirst()).endsWith("status 404 (expected: 200)");
        assertThat(told.answers()).isZero();
    }

    @ParameterizedTest(name = "skipping {0}")
    @ValueSource(strings = {"upstreams/web/", "upstreams/w", "x,upstreams/web/10.0.0.1"})
    void skippedKeysAreNotLookedAt(String skipped) {
        settings.put("skip-keys", skipped);
        consul.set(WEB, "[" + key("10.0.0.1:80", "{}") + "]");

        follow(consul.url() + WEB);

        awaitPlaces();
    }

    @Test
    void thePrefixIsASetting() {
        settings.put("prefix", "/a/b/");
        consul.set("/v1/kv/a/b/web/", "[{\"Key\": \"a/b/web/10.0.0.1:80\", \"Value\": null}]");

        follow(consul.url() + "/v1/kv/a/b/web/");

        awaitPlaces("10.0.0.1:80 1");
    }

    @Test
    void theServerOfTheNameIsAskedAndNoOther() {
        settings.put("servers", "http://127.0.0.1:1," + consul.url());
        consul.set(WEB, "[" + key("10.0.0.1:80", "{}") + "]");

        follow(consul.url() + WEB);

        awaitPlaces("10.0.0.1:80 1");
        assertThat(told.failures()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "web",
                "/v1/kv/upstreams/web/",
                "http://10.0.0.1:8500/v1/kv/upstreams/web/",
                "{}/v1/kv/other/web/",
                "{}/v1/kv/upstreams/",
                "{}/v1/kv/upstreams/../secrets/",
                "{}/v1/kv/upstreams/a//b/"
            })
    void aNameThatIsNoPlaceIsAFailure(String name) {
        var service = name.replace("{}", consul.url());

        follow(service);

        assertThat(told.failures())
                .containsExactly(
                        "service_name: %s (expected: %s/v1/kv/upstreams/<name>/)".formatted(service, consul.url()));
        assertThat(consul.http.asked()).isEmpty();
    }

    @Test
    void theDumpHasServicesByTheirNames() {
        consul.set(WEB, "[" + key("10.0.0.1:80", "{\"weight\": 2}") + "]");

        var registry = follow(consul.url() + WEB);

        await().atMost(PATIENCE).until(() -> told.answers() > 0);
        assertThat(registry.dump().orElseThrow())
                .startsWith("{\"services\":{\"%s%s\":[{\"host\":\"10.0.0.1\",\"port\":80,\"weight\":2}]},\"config\":{"
                        .formatted(consul.url(), WEB))
                .endsWith("\"prefix\":\"upstreams\",\"skip_keys\":[]}}");
    }
}
