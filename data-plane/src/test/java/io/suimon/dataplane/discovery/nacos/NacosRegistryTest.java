package io.suimon.dataplane.discovery.nacos;

import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.discovery.http.RegistrySettings;
import io.suimon.dataplane.discovery.http.TestHost;
import io.suimon.dataplane.discovery.http.TestServer.Answer;
import io.suimon.dataplane.discovery.http.Told;
import io.suimon.engine.resource.Upstream.Discovery;
import io.suimon.process.InvalidSettingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Services in Nacos. */
class NacosRegistryTest {

    @RegisterExtension
    static final TestHost HOST = new TestHost();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PREFIX = "suimon.discovery.nacos.";
    private static final String SHOP = "public/DEFAULT_GROUP/shop";

    private final RecordedNacos nacos = new RecordedNacos();
    private final Map<String, String> settings = new HashMap<>(Map.of("host", nacos.url()));
    private final List<Registry> open = new ArrayList<>();
    private final Told told = new Told();

    @AfterEach
    void stop() {
        open.forEach(Registry::close);
        nacos.close();
    }

    private static NacosConfig config(Map<String, String> settings) {
        return RegistrySettings.of(NacosConfig.class, PREFIX, settings);
    }

    private Registry follow(Discovery service) {
        var registry = NacosRegistry.open(config(settings), HOST.host()).orElseThrow();
        open.add(registry);
        var unused = registry.watch(service, told);
        return registry;
    }

    private static Discovery shop() {
        return service(null, null, Map.of());
    }

    private static Discovery service(@Nullable String namespace, @Nullable String group, Map<String, String> metadata) {
        return new Discovery("nacos", "shop", namespace, group, metadata);
    }

    private void awaitPlaces(String... places) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told.places()).containsExactly(places));
    }

    private static String host(String ip, String members) {
        return """
                {"instanceId":"%s#8080#DEFAULT#DEFAULT_GROUP@@shop","ip":"%s","port":8080,"clusterName":"DEFAULT","ephemeral":true,
                 "serviceName":"DEFAULT_GROUP@@shop","instanceHeartBeatInterval":5000,%s}""".formatted(ip, ip, members);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "1.0,  2.0,  10.0.0.1:8080 1 | 10.0.0.2:8080 2",
        "1,    100,  10.0.0.1:8080 1 | 10.0.0.2:8080 100",
        "0,    1,    10.0.0.1:8080 0 | 10.0.0.2:8080 1",
        "0.5,  1,    10.0.0.1:8080 50 | 10.0.0.2:8080 100",
        "1.25, 0.333, 10.0.0.1:8080 125 | 10.0.0.2:8080 33",
        "0.001, 0.5, 10.0.0.1:8080 1 | 10.0.0.2:8080 50",
        // no weight that Nacos has: that of the settings
        "null, 1,    10.0.0.1:8080 7 | 10.0.0.2:8080 1",
        "-1,   1,    10.0.0.1:8080 7 | 10.0.0.2:8080 1",
        "1e300, 1,   10.0.0.1:8080 7 | 10.0.0.2:8080 1",
    })
    void weightsWithFractionsBecomeWholeOnesInTheSameProportion(String one, String other, String places) {
        settings.put("weight", "7");
        nacos.set(
                SHOP,
                host("10.0.0.1", "\"healthy\":true,\"enabled\":true,\"weight\":" + one) + ","
                        + host("10.0.0.2", "\"healthy\":true,\"enabled\":true,\"weight\":" + other));

        follow(shop());

        awaitPlaces(places.split(" \\| "));
    }

    @ParameterizedTest(name = "healthy {0}, enabled {1}: {2}")
    @CsvSource({"true, true, 1", "false, true, 0", "true, false, 0", "false, false, 0"})
    void onlyInstancesThatAreHealthyAndEnabledAreFound(boolean healthy, boolean enabled, int found) {
        nacos.set(SHOP, host("10.0.0.1", "\"weight\":1,\"healthy\":%s,\"enabled\":%s".formatted(healthy, enabled)));

        follow(shop());

        await().atMost(PATIENCE).until(() -> told.answers() > 0);
        assertThat(told.places()).hasSize(found);
    }

    @ParameterizedTest(name = "{0}, {1} -> {2}")
    @CsvSource({
        ",      ,         public/DEFAULT_GROUP/shop",
        "stage, ,         stage/DEFAULT_GROUP/shop",
        ",      payments, public/payments/shop",
        "a&b=c, 'g/ h',   a&b=c/g/ h/shop",
    })
    void namespaceAndGroupAreAskedForWithTheirDefaults(
            @Nullable String namespace, @Nullable String group, String place) {
        nacos.set(place, host("10.0.0.1", "\"weight\":1"));

        follow(service(namespace, group, Map.of()));

        awaitPlaces("10.0.0.1:8080 1");
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "version=v1            | {\"version\":\"v1\",\"zone\":\"a\"} | 1",
                "version=v1; zone=a    | {\"version\":\"v1\",\"zone\":\"a\"} | 1",
                "version=v1; zone=b    | {\"version\":\"v1\",\"zone\":\"a\"} | 0",
                "version=v2            | {\"version\":\"v1\"}                | 0",
                "version=v1            | {}                                  | 0",
                "version=v1            | null                                | 0",
                "version=              | {}                                  | 0",
            })
    void metadataMustContainWhatIsAskedFor(String asked, String own, int found) {
        nacos.set(SHOP, host("10.0.0.1", "\"weight\":1,\"metadata\":" + own));

        follow(service(null, null, RegistrySettings.parse(asked)));

        await().atMost(PATIENCE).until(() -> told.answers() > 0);
        assertThat(told.places()).hasSize(found);
    }

    @Test
    void aServiceIsAskedForAgainAfterTheInterval() {
        settings.put("fetch-interval", "20ms");
        nacos.set(SHOP, host("10.0.0.1", "\"weight\":1"));
        follow(shop());
        awaitPlaces("10.0.0.1:8080 1");

        nacos.set(SHOP, "");

        awaitPlaces();
    }

    @Test
    void aUserIsLoggedInOnceAndNotShown() {
        settings.put("host", nacos.url().replace("http://", "http://me:p%40ss%26word@"));
        settings.put("fetch-interval", "10ms");
        nacos.require("username=me&password=p%40ss%26word", 18_000);
        nacos.set(SHOP, host("10.0.0.1", "\"weight\":1"));

        var registry = follow(shop());

        await().atMost(PATIENCE).until(() -> told.answers() >= 3);
        assertThat(nacos.logins()).isEqualTo(1);
        assertThat(registry.dump().orElseThrow()).doesNotContain("me:", "p%40ss", "p@ss");
    }

    @Test
    void aTokenIsRenewedBeforeItEnds() {
        settings.put("host", nacos.url().replace("http://", "http://me:secret@"));
        settings.put("fetch-interval", "10ms");
        nacos.require("username=me&password=secret", 1);

        follow(shop());

        await().atMost(PATIENCE).until(() -> nacos.logins() >= 2);
        assertThat(told.failures()).isEmpty();
    }

    @Test
    void aTokenThatIsRefusedIsReplaced() {
        settings.put("host", nacos.url().replace("http://", "http://me:secret@"));
        settings.put("fetch-interval", "10ms");
        nacos.require("username=me&password=secret", 18_000);
        follow(shop());
        await().atMost(PATIENCE).until(() -> told.answers() > 0);

        nacos.forgetTokens();
        await().atMost(PATIENCE).until(() -> !told.failures().isEmpty());
        int answers = told.answers();

        await().atMost(PATIENCE).until(() -> told.answers() > answers);
        assertThat(nacos.logins()).isEqualTo(102);
    }

    @Test
    void aLoginThatIsRefusedIsSaidWithoutThePassword() {
        settings.put("host", nacos.url().replace("http://", "http://me:wrong@"));
        nacos.require("username=me&password=secret", 18_000);

        follow(shop());

        await().atMost(PATIENCE).until(() -> !told.failures().isEmpty());
        assertThat(told.failures().getFirst()).isEqualTo(nacos.url() + ": status 403 at the login (expected: 200)");
    }

    @Test
    void questionsAreSignedWithTheKeys() throws Exception {
        settings.put("access-key", "my key&".replace(" ", "_"));
        settings.put("secret-key", "s3cret");
        var group = service("ns", "payments", Map.of());

        follow(group);

        await().atMost(PATIENCE).until(() -> told.answers() > 0);
        var query = nacos.lastQuery();
        assertThat(query).containsEntry("ak", "my_key&");
        var data = query.getOrDefault("data", "");
        assertThat(data).matches("[0-9]{13}@@payments@@shop");
        assertThat(query).containsEntry("signature", signature(data));
    }

    private static String signature(String data) throws Exception {
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(data.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | an answer without a list of hosts (expected: hosts)",
                "{\"hosts\": {}} | an answer without a list of hosts (expected: hosts)",
                "{\"hosts\": [{\"ip\": 1, \"port\": 80}]} | an instance without an ip and a port (expected: both)",
                "{\"hosts\": [{\"ip\": \"10.0.0.1\", \"port\": 70000}]} | an instance without an ip and a port (expected: both)",
                "{\"hosts\": [7]} | an instance without an ip and a port (expected: both)",
                "nonsense | the answer is no JSON (expected: JSON of at most 32 levels)",
            })
    void whatCannotBeUnderstoodIsAFailure(String body, String reason) {
        nacos.http.answer(request -> Answer.ok(body));

        follow(shop());

        await().atMost(PATIENCE).until(() -> !told.failures().isEmpty());
        assertThat(told.failures().getFirst()).isEqualTo(nacos.url() + ": " + reason);
        assertThat(told.answers()).isZero();
    }

    @Test
    void anotherHostIsAskedWhenOneFails() {
        settings.put("host", "http://127.0.0.1:1," + nacos.url());
        nacos.set(SHOP, host("10.0.0.1", "\"weight\":1"));

        follow(shop());

        awaitPlaces("10.0.0.1:8080 1");
        assertThat(told.failures()).isEmpty();
    }

    @Test
    void aRegistryThatStaysAwayIsAskedLessAndLess() {
        settings.put("host", "http://127.0.0.1:1,http://127.0.0.1:2");

        follow(shop());

        await().atMost(PATIENCE).until(() -> told.failures().size() >= 3);
        assertThat(told.failures())
                .allMatch(one -> one.matches("none of 2 servers: http://127.0.0.1:[12]: no connection"));
    }

    @Test
    void theDumpHasServicesByNamespaceAndGroup() {
        nacos.set("stage/DEFAULT_GROUP/shop", host("10.0.0.1", "\"weight\":1"));

        var registry = follow(service("stage", null, Map.of()));

        await().atMost(PATIENCE).until(() -> told.answers() > 0);
        assertThat(registry.dump())
                .hasValue(("{\"services\":{\"stage\":{\"DEFAULT_GROUP\":{\"shop\":"
                                + "[{\"host\":\"10.0.0.1\",\"port\":8080,\"weight\":1}]}}},"
                                + "\"config\":{\"host\":[\"%s\"],\"prefix\":\"/nacos/v1/\",\"fetch_interval\":30,\"weight\":100,"
                                + "\"timeout\":{\"connect\":2000,\"send\":2000,\"read\":5000}}}")
                        .formatted(nacos.url()));
    }

    @Test
    void defaultsAreThoseOfTheReference() {
        var config = config(Map.of());

        assertThat(config.prefix()).isEqualTo("/nacos/v1/");
        assertThat(config.fetchInterval()).hasSeconds(30);
        assertThat(config.weight()).isEqualTo(100);
        assertThat(config.timeout().connect()).hasMillis(2000);
        assertThat(config.timeout().send()).hasMillis(2000);
        assertThat(config.timeout().read()).hasMillis(5000);
        assertThat(NacosRegistry.open(config, HOST.host())).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "host=h:1 | host: h:1 (expected: http[s]://[user:password@]host[:port][/path])",
                "prefix=nacos | prefix: nacos (expected: a path that begins with a slash)",
                "fetch-interval=0s | fetch-interval: PT0S (expected: PT0.001S to PT24H)",
                "weight=-1 | weight: -1 (expected: 0..1000000)",
                "timeout.connect=0s | timeout.connect: PT0S (expected: PT0.001S to PT24H)",
                "timeout.send=0s | timeout.send: PT0S (expected: PT0.001S to PT24H)",
                "timeout.read=0s | timeout.read: PT0S (expected: PT0.001S to PT24H)",
                "access-key=a | secret-key: none (expected: one, as the other of access-key and secret-key is set)",
                "secret-key=a | access-key: none (expected: one, as the other of access-key and secret-key is set)",
                "access-key=a; secret-key=b c | secret-key: (not shown) (expected: visible ASCII characters)",
            })
    void whatIsNoSettingIsRefused(String written, String message) {
        settings.putAll(RegistrySettings.parse(written));

        assertThatThrownBy(() -> NacosRegistry.open(config(settings), HOST.host()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(PREFIX + message);
    }
}
