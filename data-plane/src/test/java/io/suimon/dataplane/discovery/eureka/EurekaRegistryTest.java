package io.suimon.dataplane.discovery.eureka;

import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.discovery.http.RegistrySettings;
import io.suimon.dataplane.discovery.http.TestHost;
import io.suimon.dataplane.discovery.http.TestServer;
import io.suimon.dataplane.discovery.http.TestServer.Answer;
import io.suimon.dataplane.discovery.http.TestServer.Request;
import io.suimon.dataplane.discovery.http.Told;
import io.suimon.engine.resource.Upstream.Discovery;
import io.suimon.process.InvalidSettingException;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Applications in Eureka; {@code apps.json}, {@code delta.json} and {@code apps-after.json} are what a server of 2.0.6 was seen to answer. */
class EurekaRegistryTest {

    @RegisterExtension
    static final TestHost HOST = new TestHost();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PREFIX = "suimon.discovery.eureka.";

    private volatile String apps = apps("", "");
    private volatile String delta = apps;
    private final TestServer eureka = new TestServer(this::answer);
    private final Map<String, String> settings = new HashMap<>(Map.of("host", eureka.url(), "fetch-interval", "20ms"));
    private final List<Registry> open = new ArrayList<>();
    private final Told told = new Told();

    @AfterEach
    void stop() {
        open.forEach(Registry::close);
        eureka.close();
    }

    private Answer answer(Request request) {
        boolean json = "application/json".equals(request.headers().get("accept"));
        return switch (request.method() + " " + request.path()) {
            case "GET /eureka/apps/" -> json ? Answer.ok(apps) : Answer.ok("<applications/>");
            case "GET /eureka/apps/delta" -> delta.isEmpty() ? Answer.status(403) : Answer.ok(delta);
            default -> Answer.status(404);
        };
    }

    private static EurekaConfig config(Map<String, String> settings) {
        return RegistrySettings.of(EurekaConfig.class, PREFIX, settings);
    }

    private Registry registry() {
        var registry = EurekaRegistry.open(config(settings), HOST.host()).orElseThrow();
        open.add(registry);
        return registry;
    }

    private static Discovery service(String name) {
        return new Discovery("eureka", name, null, null, Map.of());
    }

    private Registry follow(String name) {
        var registry = registry();
        var unused = registry.watch(service(name), told);
        return registry;
    }

    private void awaitPlaces(String... places) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told.places()).containsExactly(places));
    }

    private static String apps(String hash, String instances) {
        return "{\"applications\":{\"versions__delta\":\"1\",\"apps__hashcode\":\"%s\",\"application\":[%s]}}"
                .formatted(hash, instances.isEmpty() ? "" : "{\"name\":\"SHOP\",\"instance\":[" + instances + "]}");
    }

    private static String instance(String ip, String members) {
        return "{\"instanceId\":\"%s\",\"ipAddr\":\"%s\",\"port\":{\"$\":80,\"@enabled\":\"true\"},%s}"
                .formatted(ip, ip, members);
    }

    private static String up(String ip) {
        return instance(ip, "\"status\":\"UP\",\"actionType\":\"ADDED\"");
    }

    private String recorded(String name) throws IOException {
        try (var text = getClass().getResourceAsStream(name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private long fullFetches() {
        return eureka.asked().stream().filter("GET /eureka/apps/"::equals).count();
    }

    @Test
    void readsWhatEurekaWasSeenToSayAndToHaveChanged() throws IOException {
        apps = recorded("apps.json");
        delta = recorded("apps.json");
        follow("shop");
        awaitPlaces("10.0.0.1:8080 7");
        long fetches = fullFetches();

        delta = recorded("delta.json");

        // the secure port, as the other is not enabled, and the weight of the settings
        awaitPlaces("10.0.0.2:8443 100");
        assertThat(fullFetches()).isEqualTo(fetches);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"status\":\"UP\" | 1",
                "\"status\":\"DOWN\" | 0",
                "\"status\":\"STARTING\" | 0",
                "\"status\":\"OUT_OF_SERVICE\" | 0",
                "\"status\":\"UNKNOWN\" | 0",
            })
    void onlyInstancesThatAreUpAreFound(String members, int found) {
        apps = apps("", instance("10.0.0.1", members));

        follow("shop");

        await().atMost(PATIENCE).until(() -> told.answers() > 0);
        assertThat(told.places()).hasSize(found);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"port\":{\"$\":80,\"@enabled\":\"true\"} | 10.0.0.1:80 9",
                "\"port\":{\"$\":\"80\",\"@enabled\":true} | 10.0.0.1:80 9",
                "\"port\":80 | 10.0.0.1:80 9",
                "\"port\":{\"$\":80,\"@enabled\":\"true\"},\"securePort\":{\"$\":443,\"@enabled\":\"true\"} | 10.0.0.1:80 9",
                "\"port\":{\"$\":80,\"@enabled\":\"false\"},\"securePort\":{\"$\":443,\"@enabled\":\"true\"} | 10.0.0.1:443 9",
                "\"port\":{\"$\":80,\"@enabled\":\"false\"},\"securePort\":{\"$\":443,\"@enabled\":\"false\"} | ''",
                "\"port\":{\"$\":99999,\"@enabled\":\"true\"} | ''",
                "\"port\":\"http\" | ''",
                "\"x\":1 | ''",
                "\"port\":80,\"metadata\":{\"weight\":\"3\"} | 10.0.0.1:80 3",
                "\"port\":80,\"metadata\":{\"weight\":3} | 10.0.0.1:80 3",
                "\"port\":80,\"metadata\":{\"weight\":\"-3\"} | 10.0.0.1:80 9",
                "\"port\":80,\"metadata\":{\"weight\":\"heavy\"} | 10.0.0.1:80 9",
            })
    void portAndWeightAreThoseOfTheInstance(String members, String place) {
        settings.put("weight", "9");
        apps = apps("", "{\"instanceId\":\"a\",\"ipAddr\":\"10.0.0.1\",\"status\":\"UP\"," + members + "}");

        follow("shop");

        awaitPlaces(place.isEmpty() ? new String[0] : new String[] {place});
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"shop", "SHOP", "Shop"})
    void namesAreThoseOfEurekaInUpperCase(String name) {
        apps = apps("", up("10.0.0.1"));

        follow(name);

        awaitPlaces("10.0.0.1:80 100");
    }

    @Test
    void listsOfOneMayBeWrittenWithoutAList() {
        apps = "{\"applications\":{\"application\":{\"name\":\"SHOP\",\"instance\":" + up("10.0.0.1") + "}}}";

        follow("shop");

        awaitPlaces("10.0.0.1:80 100");
    }

    @Test
    void allIsAskedForAgainWhereChangesDoNotAddUp() {
        apps = apps("UP_1_", up("10.0.0.1"));
        delta = apps("UP_1_", "");
        follow("shop");
        awaitPlaces("10.0.0.1:80 100");

        apps = apps("UP_2_", up("10.0.0.1") + "," + up("10.0.0.2"));
        delta = apps("UP_2_", ""); // the change itself was missed

        awaitPlaces("10.0.0.1:80 100", "10.0.0.2:80 100");
    }

    @Test
    void allIsAskedForFromTimeToTimeThoughChangesAddUp() {
        settings.put("fetch-interval", "2ms");
        apps = apps("UP_1_", up("10.0.0.1"));
        delta = apps("UP_1_", "");
        follow("shop");
        awaitPlaces("10.0.0.1:80 100");

        apps = apps("UP_1_", up("10.0.0.2")); // which a count of statuses does not show

        awaitPlaces("10.0.0.2:80 100");
    }

    @Test
    void aServerThatTellsNoChangesIsAskedForAll() {
        delta = "";
        apps = apps("UP_1_", up("10.0.0.1"));
        follow("shop");
        awaitPlaces("10.0.0.1:80 100");

        apps = apps("UP_1_", up("10.0.0.2"));

        awaitPlaces("10.0.0.2:80 100");
        assertThat(told.failures()).isEmpty();
    }

    @Test
    void allServicesAreAskedForAtOnceAndOnlyWhileOneIsFollowed() {
        settings.put("fetch-interval", "1h");
        apps = apps("", up("10.0.0.1"));
        var registry = registry();
        var watch = registry.watch(service("shop"), told);
        await().atMost(PATIENCE).until(() -> told.answers() == 1);

        var other = new Told();
        var unused = registry.watch(service("other"), other);
        await().atMost(PATIENCE).until(() -> other.answers() == 1);
        watch.close();

        assertThat(other.places()).isEmpty();
        assertThat(eureka.asked()).containsExactly("GET /eureka/apps/");
    }

    @Test
    void usersAndPrefixesAreThoseOfTheSettings() {
        settings.put("host", eureka.url().replace("http://", "http://me:p%40ss@"));
        settings.put("prefix", "/registry");
        eureka.answer(request -> "Basic bWU6cEBzcw==".equals(request.headers().get("authorization"))
                        && request.path().equals("/registry/apps/")
                ? Answer.ok(apps("", up("10.0.0.1")))
                : Answer.status(401));

        var registry = follow("shop");

        awaitPlaces("10.0.0.1:80 100");
        assertThat(registry.dump().orElseThrow()).doesNotContain("me:", "p%40ss", "p@ss");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "<applications/> | the answer is no JSON",
                "[] | an answer that is no list of applications",
                "{} | an answer that is no list of applications",
                "{\"applications\": []} | an answer that is no list of applications",
                "{\"applications\": {\"application\": [7]}} | an answer that is no list of applications",
                "{\"applications\": {\"application\": [{\"name\": 7}]}} | an answer that is no list of applications",
                "{\"applications\": {\"application\": [{\"name\": \"SHOP\", \"instance\": [7]}]}} | an answer that is no list of applications",
                "{\"applications\": {\"application\": [ | the answer is no JSON",
                "{\"applications\": {\"application\": []}} {} | more than one value",
                "{\"applications\": {\"application\": []}} x | the answer is no JSON",
            })
    void whatCannotBeUnderstoodIsAFailureAndChangesNothing(String body, String reason) {
        delta = "";
        apps = apps("", up("10.0.0.1"));
        follow("shop");
        awaitPlaces("10.0.0.1:80 100");

        apps = body;

        await().atMost(PATIENCE).until(() -> !told.failures().isEmpty());
        assertThat(told.failures().getFirst()).startsWith(eureka.url() + ": " + reason + " (expected: ");
        assertThat(told.places()).containsExactly("10.0.0.1:80 100");
    }

    @Test
    void aServerThatComesBackIsFoundAgain() {
        apps = apps("", up("10.0.0.1"));
        follow("shop");
        awaitPlaces("10.0.0.1:80 100");

        eureka.stop();
        await().atMost(PATIENCE).until(() -> !told.failures().isEmpty());
        apps = apps("", up("10.0.0.2"));
        delta = "";
        eureka.restart();

        awaitPlaces("10.0.0.2:80 100");
        assertThat(told.overlapped()).isFalse();
    }

    @Test
    void anotherHostIsAskedWhenOneFails() {
        settings.put("host", "http://127.0.0.1:1," + eureka.url());
        apps = apps("", up("10.0.0.1"));

        follow("shop");

        awaitPlaces("10.0.0.1:80 100");
        assertThat(told.failures()).isEmpty();
    }

    @Test
    void theDumpHasServicesAndSettings() {
        settings.put("fetch-interval", "30s");
        apps = apps("", up("10.0.0.1"));

        var registry = follow("shop");

        await().atMost(PATIENCE).until(() -> told.answers() > 0);
        assertThat(registry.dump())
                .hasValue(("{\"services\":{\"SHOP\":[{\"host\":\"10.0.0.1\",\"port\":80,\"weight\":100}]},"
                                + "\"config\":{\"host\":[\"%s\"],\"prefix\":\"/eureka/\",\"fetch_interval\":30,\"weight\":100,"
                                + "\"timeout\":{\"connect\":2000,\"send\":2000,\"read\":5000}}}")
                        .formatted(eureka.url()));
    }

    @Test
    void defaultsAreThoseOfTheReference() {
        var config = config(Map.of());

        assertThat(config.prefix()).isEqualTo("/eureka/");
        assertThat(config.fetchInterval()).hasSeconds(30);
        assertThat(config.weight()).isEqualTo(100);
        assertThat(config.timeout().connect()).hasMillis(2000);
        assertThat(config.timeout().send()).hasMillis(2000);
        assertThat(config.timeout().read()).hasMillis(5000);
        assertThat(EurekaRegistry.open(config, HOST.host())).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "host=h:1 | host: h:1 (expected: http[s]://[user:password@]host[:port][/path])",
                "prefix=/a b/ | prefix: /a b/ (expected: a path that begins with a slash)",
                "fetch-interval=0s | fetch-interval: PT0S (expected: PT0.001S to PT24H)",
                "weight=2000000 | weight: 2000000 (expected: 0..1000000)",
                "timeout.connect=0s | timeout.connect: PT0S (expected: PT0.001S to PT24H)",
                "timeout.send=0s | timeout.send: PT0S (expected: PT0.001S to PT24H)",
                "timeout.read=0s | timeout.read: PT0S (expected: PT0.001S to PT24H)",
            })
    void whatIsNoSettingIsRefused(String written, String message) {
        settings.putAll(RegistrySettings.parse(written));

        assertThatThrownBy(() -> EurekaRegistry.open(config(settings), HOST.host()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(PREFIX + message);
    }
}
