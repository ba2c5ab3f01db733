package io.suimon.dataplane.discovery.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditionsBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.discovery.ServiceSink;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.Upstream.Discovery;
import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class KubernetesRegistryTest {

    private static final String SLICES = "/apis/discovery.k8s.io/v1/endpointslices";

    @TempDir
    Path folder;

    private final List<Registry> open = new ArrayList<>();
    private ApiServer server;

    /** What one who asks was told, in order: endpoints as {@code host:port}, failures with a mark before them. */
    private static final class Told implements ServiceSink {

        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void found(List<Endpoint> endpoints) {
            all.add(endpoints.stream().map(Endpoint::toString).toList().toString());
        }

        @Override
        public void failed(String reason) {
            all.add("! " + reason);
        }

        private String last() {
            return all.isEmpty() ? "" : all.getLast();
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer(SLICES);
    }

    @AfterEach
    void stop() {
        open.forEach(Registry::close);
        server.close();
    }

    private Registry registry(String... settings) {
        var all = new HashMap<String, String>(Map.of(
                "suimon.discovery.kubernetes.enabled", "true",
                "suimon.discovery.kubernetes.max-pause", "50ms",
                "suimon.discovery.kubernetes.cluster.service.schema", "http",
                "suimon.discovery.kubernetes.cluster.service.host", "127.0.0.1",
                "suimon.discovery.kubernetes.cluster.service.port", Integer.toString(server.port())));
        Arrays.stream(settings)
                .map(setting -> setting.split("=", 2))
                .forEach(pair -> all.put("suimon.discovery.kubernetes." + pair[0], pair[1]));
        var registry =
                KubernetesRegistry.open(config(all), Map.of(), new Random(1)).orElseThrow();
        open.add(registry);
        return registry;
    }

    private static KubernetesConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(KubernetesConfig.class)
                .build()
                .getConfigMapping(KubernetesConfig.class);
    }

    private static Told follow(Registry registry, String service) {
        var told = new Told();
        var unused = registry.watch(discovery(service), told);
        return told;
    }

    private static Discovery discovery(String service) {
        return new Discovery("kubernetes", service, null, null, Map.of());
    }

    private static EndpointSlice slice(String name, String service, String... addresses) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .addToLabels("kubernetes.io/service-name", service)
                .endMetadata()
                .withAddressType(addresses.length > 0 && addresses[0].contains(":") ? "IPv6" : "IPv4")
                .withPorts(
                        new EndpointPortBuilder()
                                .withName("http")
                                .withPort(8080)
                                .build(),
                        new EndpointPortBuilder()
                                .withName("admin")
                                .withPort(9000)
                                .build())
                .withEndpoints(Arrays.stream(addresses)
                        .map(address -> new EndpointBuilder()
                                .withAddresses(address)
                                .withConditions(new EndpointConditionsBuilder()
                                        .withReady(true)
                                        .build())
                                .build())
                        .toList())
                .build();
    }

    private void put(EndpointSlice slice) {
        server.client().resource(slice).createOr(NonDeletingOperation::update);
    }

    private void delete(EndpointSlice slice) {
        var unused = server.client().resource(slice).delete();
    }

    private void awaitWatch(int count) {
        await().until(() -> server.watches() >= count);
    }

    @Test
    void whatThereIsIsFoundAtOnceAndWhatChangesSoonAfter() {
        put(slice("orders-1", "orders", "10.0.0.1"));
        var registry = registry();
        var told = follow(registry, "shop/orders:http");

        await().until(() -> told.last().equals("[10.0.0.1:8080]"));
        awaitWatch(1);
        put(slice("orders-1", "orders", "10.0.0.1", "10.0.0.2"));
        await().until(() -> told.last().equals("[10.0.0.1:8080, 10.0.0.2:8080]"));
        delete(slice("orders-1", "orders"));
        await().until(() -> told.last().equals("[]"));

        assertThat(registry.type()).isEqualTo("kubernetes");
        assertThat(told.all).hasSize(3);
    }

    @Test
    void slicesOfOneServiceOfBothFamiliesAreOne() {
        put(slice("orders-4a", "orders", "10.0.0.1"));
        put(slice("orders-6", "orders", "fd00::1"));
        put(slice("orders-4b", "orders", "10.0.0.2"));
        put(slice("other", "other", "10.0.0.9"));

        var told = follow(registry(), "shop/orders:http");

        await().until(() -> told.last().equals("[10.0.0.1:8080, 10.0.0.2:8080, [fd00::1]:8080]"));
    }

    @ParameterizedTest
    @CsvSource({"shop/orders:admin, 9000", "shop/orders:9000, 9000", "shop/orders:8080, 8080", "shop/orders:http, 8080"
    })
    void aPortIsMeantByNameOrNumber(String service, int port) {
        put(slice("orders-1", "orders", "10.0.0.1"));

        var told = follow(registry(), service);

        await().until(() -> told.last().equals("[10.0.0.1:" + port + "]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop/orders:grpc", "shop/orders:1", "shop/nobody:http", "elsewhere/orders:http"})
    void whatIsNotThereHasNoEndpoints(String service) {
        put(slice("orders-1", "orders", "10.0.0.1"));

        var told = follow(registry(), service);

        await().until(() -> told.last().equals("[]"));
    }

    @ParameterizedTest(name = "ready {0}, serving {1}, terminating {2}: {3}")
    @CsvSource({
        "    ,     ,     , true",
        "true,     ,     , true",
        "true, true, false, true",
        "false,    ,     , false",
        "true, false,    , false",
        "false, true, true, false",
        "true, true, true, false"
    })
    void onlyEndpointsThatTakeRequestsCount(Boolean ready, Boolean serving, Boolean terminating, boolean counts) {
        var slice = slice("orders-1", "orders", "10.0.0.1");
        slice.getEndpoints()
                .getFirst()
                .setConditions(new EndpointConditionsBuilder()
                        .withReady(ready)
                        .withServing(serving)
                        .withTerminating(terminating)
                        .build());
        put(slice);

        var told = follow(registry(), "shop/orders:http");

        await().until(() -> told.last().equals(counts ? "[10.0.0.1:8080]" : "[]"));
    }

    @Test
    void aSliceThatLosesItsServiceOrPortsIsNoMore() {
        put(slice("orders-1", "orders", "10.0.0.1"));
        var told = follow(registry(), "shop/orders:http");
        await().until(() -> told.last().equals("[10.0.0.1:8080]"));
        awaitWatch(1);

        put(slice("orders-1", "invoices", "10.0.0.1"));

        await().until(() -> told.last().equals("[]"));
    }

    @Test
    void aLargeListComesInParts() {
        server.pageSize = 2;
        for (int i = 0; i < 5; i++) {
            put(slice("orders-" + i, "orders", "10.0.0." + i));
        }

        var told = follow(registry(), "shop/orders:http");

        await().until(() ->
                told.last().startsWith("[10.0.0.0:8080") && told.last().endsWith("10.0.0.4:8080]"));
        assertThat(server.asked)
                .filteredOn(uri -> uri.getQuery().contains("limit="))
                .hasSize(3);
    }

    @Test
    void whoAsksLaterIsToldWhatIsKnown() {
        put(slice("orders-1", "orders", "10.0.0.1"));
        var registry = registry();
        awaitWatch(1);

        var told = follow(registry, "shop/orders:http");

        await().until(() -> told.last().equals("[10.0.0.1:8080]"));
        assertThat(told.all).hasSize(1);
    }

    @Test
    void whoDoesNotAskAnyMoreIsNotTold() {
        var registry = registry();
        awaitWatch(1);
        var told = new Told();
        var other = follow(registry, "shop/orders:http");
        var watch = registry.watch(discovery("shop/orders:http"), told);
        await().until(() -> told.all.size() == 1 && other.all.size() == 1);

        watch.close();
        put(slice("orders-1", "orders", "10.0.0.1"));

        await().until(() -> other.last().equals("[10.0.0.1:8080]"));
        assertThat(told.all).hasSize(1);
    }

    @Test
    void aWatchThatEndsGoesOnWhereItEnded() {
        put(slice("orders-1", "orders", "10.0.0.1"));
        var told = follow(registry(), "shop/orders:http");
        awaitWatch(1);

        server.cutWatches();
        put(slice("orders-1", "orders", "10.0.0.2"));

        await().until(() -> told.last().equals("[10.0.0.2:8080]"));
        assertThat(server.asked)
                .filteredOn(uri -> uri.getQuery().contains("limit="))
                .hasSize(1);
        assertThat(told.all).noneMatch(text -> text.startsWith("!"));
    }

    @Test
    void aPlaceTheServerForgotIsListedAnew() {
        put(slice("orders-1", "orders", "10.0.0.1"));
        put(slice("orders-2", "orders", "10.0.0.2"));
        var told = follow(registry(), "shop/orders:http");
        awaitWatch(1);

        server.stop();
        delete(slice("orders-1", "orders"));
        put(slice("orders-3", "orders", "10.0.0.3"));
        server.forget();
        restart();

        await().until(() -> told.last().equals("[10.0.0.2:8080, 10.0.0.3:8080]"));
        assertThat(server.asked)
                .filteredOn(uri -> uri.getQuery().contains("limit="))
                .hasSize(2);
    }

    @Test
    void aServerThatExpiresAWatchInTheMiddleIsListedAnew() {
        put(slice("orders-1", "orders", "10.0.0.1"));
        server.instead = "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}\n";
        var told = follow(registry(), "shop/orders:http");
        await().until(() -> server.asked.stream()
                        .filter(uri -> uri.getQuery().contains("limit="))
                        .count()
                >= 2);

        server.instead = null;

        awaitWatch(1);
        assertThat(told.all).noneMatch(text -> text.startsWith("!"));
        assertThat(told.last()).isEqualTo("[10.0.0.1:8080]");
    }

    @Test
    void whileTheServerIsGoneThoseWhoAskAreToldAndWhenItIsBackToo() {
        put(slice("orders-1", "orders", "10.0.0.1"));
        var registry = registry();
        var told = follow(registry, "shop/orders:http");
        awaitWatch(1);

        server.stop();
        await().until(() -> told.last().startsWith("! kubernetes: http://127.0.0.1:"));
        var late = follow(registry, "shop/orders:admin");
        await().until(() -> late.last().startsWith("! "));
        put(slice("orders-1", "orders", "10.0.0.2"));
        restart();

        await().until(() -> told.last().equals("[10.0.0.2:8080]") && late.last().equals("[10.0.0.2:9000]"));
        assertThat(late.all.getFirst()).isEqualTo("[10.0.0.1:9000]");
    }

    private void restart() {
        await().ignoreExceptions().until(() -> {
            server.startAgain();
            return true;
        });
    }

    @Test
    void aServerThatIsGoneFromTheBeginningIsAFailureAndNoEmptyService() {
        server.status = 503;
        var told = follow(registry(), "shop/orders:http");

        await().until(() -> told.last().contains("GET " + SLICES + ": status 503 (expected: 200)"));

        assertThat(told.all).allMatch(text -> text.startsWith("!"));
        put(slice("orders-1", "orders", "10.0.0.1"));
        server.status = 0;
        await().until(() -> told.last().equals("[10.0.0.1:8080]"));
    }

    @Test
    void aTokenIsReadAgainWhenItWasReplaced() throws IOException {
        var file = Files.writeString(folder.resolve("token"), "old\n");
        server.token = "old";
        put(slice("orders-1", "orders", "10.0.0.1"));
        var told = follow(registry("cluster.client.token-file=" + file), "shop/orders:http");
        awaitWatch(1);

        server.token = "opensesame";
        server.cutWatches();
        await().until(() -> told.last().contains("status 401"));
        Files.writeString(file, "opensesame");

        awaitWatch(2);
        await().until(() -> told.last().equals("[10.0.0.1:8080]"));
        assertThat(told.all).noneMatch(text -> text.contains("opensesame"));
    }

    @Test
    void aTokenFileWithoutATokenIsNamedAndNotShown() throws IOException {
        var file = Files.writeString(folder.resolve("token"), "two words");

        var told = follow(registry("cluster.client.token-file=" + file), "shop/orders:http");

        await().until(() -> told.last().endsWith("token file " + file + ": no token (expected: visible characters)"));
    }

    @Test
    void aTokenFileThatIsNotThereIsNamed() {
        var told = follow(registry("cluster.client.token-file=" + folder.resolve("none")), "shop/orders:http");

        await().until(() -> told.last().endsWith("token file " + folder.resolve("none") + ": cannot be read"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>\n",
                "{\"type\":\"ADDED\"",
                "[]\n",
                "{\"type\":\"ADDED\",\"object\":{\"kind\":\"EndpointSlice\"}}\n",
                "{\"type\":\"SOMETHING\",\"object\":{}}\n",
                "{\"type\":\"ERROR\",\"object\":{\"code\":500}}\n"
            })
    void garbageOnAWatchLosesNothing(String garbage) {
        put(slice("orders-1", "orders", "10.0.0.1"));
        server.instead = garbage;
        var told = follow(registry(), "shop/orders:http");
        await().until(() -> told.last().startsWith("!"));

        server.instead = null;
        put(slice("orders-1", "orders", "10.0.0.2"));

        await().until(() -> told.last().equals("[10.0.0.2:8080]"));
        assertThat(told.all).noneMatch(text -> text.equals("[]"));
    }

    @Test
    void aWatchThatFallsSilentIsBegunAnew() {
        put(slice("orders-1", "orders", "10.0.0.1"));
        var told = follow(registry("watch-time=1s", "timeout=200ms"), "shop/orders:http");
        awaitWatch(1);

        awaitWatch(2);

        assertThat(told.all).anyMatch(text -> text.endsWith("a watch did not end in time"));
        await().until(() -> told.last().equals("[10.0.0.1:8080]"));
    }

    @Test
    void aServerIsVerifiedByTheAuthoritiesThatAreSet() throws Exception {
        var certificate = TestCertificate.in(folder);
        try (var secure = new ApiServer(SLICES, certificate.context())) {
            secure.token = "opensesame";
            secure.client().resource(slice("orders-1", "orders", "10.0.0.1")).create();
            var port = "cluster.service.port=" + secure.port();
            var https = "cluster.service.schema=https";
            var token = "cluster.client.token=opensesame";
            var ca = "cluster.service.ca=" + certificate.writeTo(folder.resolve("ca.crt"));

            var known = follow(registry(port, https, token, ca), "shop/orders:http");
            var stranger = follow(registry(port, https, token), "shop/orders:http");
            var trusting = follow(registry(port, https, token, "cluster.service.ssl-verify=false"), "shop/orders:http");

            await().until(() -> known.last().equals("[10.0.0.1:8080]"));
            await().until(() -> trusting.last().equals("[10.0.0.1:8080]"));
            await().until(() -> stranger.last().startsWith("! kubernetes: https://127.0.0.1:"));
            assertThat(stranger.all).allMatch(text -> text.startsWith("!"));
        }
    }

    @Test
    void authoritiesThatCannotBeReadAreNamed() {
        var told = follow(
                registry("cluster.service.schema=https", "cluster.service.ca=" + folder.resolve("none")),
                "shop/orders:http");

        await().until(() -> told.last().endsWith("certificates " + folder.resolve("none") + ": cannot be read"));
    }

    @Test
    void clustersWithoutSlicesAreAskedForEndpoints() throws IOException {
        try (var older = new ApiServer("/api/v1/endpoints")) {
            var endpoints = new EndpointsBuilder()
                    .withNewMetadata()
                    .withNamespace("shop")
                    .withName("orders")
                    .endMetadata()
                    .addNewSubset()
                    .addNewAddress()
                    .withIp("10.0.0.1")
                    .endAddress()
                    .addNewNotReadyAddress()
                    .withIp("10.0.0.2")
                    .endNotReadyAddress()
                    .addNewPort()
                    .withPort(8080)
                    .endPort()
                    .endSubset()
                    .build();
            older.client().resource(endpoints).create();
            var registry = registry("cluster.watch-endpoint-slices=false", "cluster.service.port=" + older.port());
            var told = follow(registry, "shop/orders:8080");
            await().until(() -> told.last().equals("[10.0.0.1:8080]"));
            await().until(() -> older.watches() > 0);

            endpoints.getSubsets().getFirst().getAddresses().getFirst().setIp("10.0.0.3");
            older.client().resource(endpoints).update();

            await().until(() -> told.last().equals("[10.0.0.3:8080]"));
            assertThat(registry.dump().orElseThrow()).contains("\"8080\":[{\"host\":\"10.0.0.3\"");
        }
    }

    @Test
    void severalClustersAreToldApart() throws IOException {
        try (var other = new ApiServer(SLICES)) {
            put(slice("orders-1", "orders", "10.0.0.1"));
            other.client().resource(slice("orders-1", "orders", "10.1.0.1")).create();
            var registry = registry(
                    "clusters[0].id=east",
                    "clusters[0].service.schema=http",
                    "clusters[0].service.host=127.0.0.1",
                    "clusters[0].service.port=" + server.port(),
                    "clusters[1].id=west",
                    "clusters[1].service.schema=http",
                    "clusters[1].service.host=127.0.0.1",
                    "clusters[1].service.port=" + other.port(),
                    "clusters[1].default-weight=7");

            var east = follow(registry, "east/shop/orders:http");
            var west = follow(registry, "west/shop/orders:http");
            var nowhere = follow(registry, "shop/orders:http");

            await().until(() ->
                    east.last().equals("[10.0.0.1:8080]") && west.last().equals("[10.1.0.1:8080]"));
            await().until(() -> nowhere.last()
                    .equals("! service_name: shop/orders:http: cluster \"\" (expected: one of [\"east\", \"west\"])"));
            assertThat(registry.dump().orElseThrow()).contains("\"host\":\"10.1.0.1\",\"port\":8080,\"weight\":7");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders",
                "orders:http",
                "shop/orders",
                "shop/orders:",
                "/shop/orders:http",
                "a/b/c/d:e",
                "Shop/o:h",
                "shop/a b:1"
            })
    void aNameOfAnotherFormIsRefused(String service) {
        var told = follow(registry(), service);

        await().until(() ->
                told.last().startsWith("! service_name: " + service + " (expected: [cluster/]namespace/service:port"));
    }

    @Test
    void theDumpShowsWhatIsKnownWithoutTheToken() throws Exception {
        put(slice("orders-1", "orders", "10.0.0.1"));
        server.token = "opensesame";
        var registry = registry("cluster.client.token=opensesame");
        await().until(() -> registry.dump().orElseThrow().contains("10.0.0.1"));

        var dump = new ObjectMapper().readTree(registry.dump().orElseThrow());

        assertThat(dump.path("endpoints")).isEqualTo(new ObjectMapper().readTree("""
                [{"id":"","endpoints":[{"name":"shop/orders","value":{"http":[{"host":"10.0.0.1","port":8080,"weight":50}],
                "admin":[{"host":"10.0.0.1","port":9000,"weight":50}]}}]}]"""));
        assertThat(dump.at("/config/0/default_weight").intValue()).isEqualTo(50);
        assertThat(dump.toString()).doesNotContain("opensesame");
    }

    @Test
    void selectorsReachTheServer() {
        registry("cluster.namespace-selector.not-equal=kube-system", "cluster.label-selector=tier in (web,api)");

        await().until(() -> !server.asked.isEmpty());

        assertThat(server.asked.getFirst().getQuery())
                .isEqualTo("labelSelector=tier in (web,api)&fieldSelector=metadata.namespace!=kube-system&limit=500");
    }

    @ParameterizedTest
    @CsvSource({
        "equal=shop, true, /apis/discovery.k8s.io/v1/namespaces/shop/endpointslices",
        "'match=^sh,^x', true, /apis/discovery.k8s.io/v1/endpointslices",
        "match=^x, false, /apis/discovery.k8s.io/v1/endpointslices",
        "not-match=ho, false, /apis/discovery.k8s.io/v1/endpointslices",
        "not-match=x, true, /apis/discovery.k8s.io/v1/endpointslices"
    })
    void onlyNamespacesThatAreSelectedCount(String selector, boolean counts, String path) {
        put(slice("orders-1", "orders", "10.0.0.1"));

        var told = follow(registry("cluster.namespace-selector." + selector), "shop/orders:http");

        await().until(() -> told.last().equals(counts ? "[10.0.0.1:8080]" : "[]"));
        assertThat(server.asked.getFirst().getPath()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cluster.service.port=0 | cluster.service.port: 0 (expected: 1..65535, here or in KUBERNETES_SERVICE_PORT)",
                "cluster.service.schema=ftp | cluster.service.schema: ftp (expected: https or http)",
                "cluster.service.host=a b | cluster.service.host: a b (expected: an address, here or in KUBERNETES_SERVICE_HOST)",
                "cluster.default-weight=-1 | cluster.default-weight: -1 (expected: 0..1000000)",
                "cluster.id=a/b | cluster.id: a/b (expected: letters, digits, - _ .)",
                "cluster.client.token=a b | cluster.client.token: (not shown) (expected: visible characters of ASCII)",
                "cluster.namespace-selector.match=( | cluster.namespace-selector.match: ( (expected: a regular expression)",
                "cluster.namespace-selector.equal=A | cluster.namespace-selector.equal: A (expected: the name of a namespace)",
                "timeout=0s | timeout: PT0S (expected: PT0.001S..PT1H)"
            })
    void aSettingThatIsNoneStopsTheStart(String setting, String message) {
        assertThatThrownBy(() -> registry(setting))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("suimon.discovery.kubernetes." + message);
    }

    @Test
    void withoutAnAddressTheEnvironmentSaysIt() {
        var settings = Map.of("suimon.discovery.kubernetes.enabled", "true");
        var environment = Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "6443");

        var cluster = Cluster.of("c", config(settings).cluster(), environment);

        assertThat(cluster.server()).isEqualTo("https://[fd00::1]:6443");
        assertThatThrownBy(() -> Cluster.of("c", config(settings).cluster(), Map.of()))
                .hasMessageStartingWith("c.service.host: ");
    }

    @Test
    void itIsOffUnlessItIsSwitchedOn() {
        assertThat(KubernetesRegistry.open(config(Map.of()), Map.of(), new Random(1)))
                .isEmpty();
    }
}
