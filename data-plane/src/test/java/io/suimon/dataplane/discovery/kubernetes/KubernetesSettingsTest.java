package io.suimon.dataplane.discovery.kubernetes;

import io.suimon.dataplane.discovery.TestCertificate;
import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.suimon.dataplane.discovery.kubernetes.KubernetesFixture.SLICES;
import static io.suimon.dataplane.discovery.kubernetes.KubernetesFixture.config;
import static io.suimon.dataplane.discovery.kubernetes.KubernetesFixture.follow;
import static io.suimon.dataplane.discovery.kubernetes.KubernetesFixture.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class KubernetesSettingsTest {

    @TempDir
    Path folder;

    private final KubernetesFixture kubernetes = new KubernetesFixture();

    KubernetesSettingsTest() throws IOException {}

    @AfterEach
    void stop() {
        kubernetes.close();
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

            var known = follow(kubernetes.registry(port, https, token, ca), "shop/orders:http");
            var stranger = follow(kubernetes.registry(port, https, token), "shop/orders:http");
            var trusting = follow(
                    kubernetes.registry(port, https, token, "cluster.service.ssl-verify=false"), "shop/orders:http");

            await().until(() -> known.last().equals("[10.0.0.1:8080]"));
            await().until(() -> trusting.last().equals("[10.0.0.1:8080]"));
            await().until(() -> stranger.last().startsWith("! kubernetes: https://127.0.0.1:"));
            assertThat(stranger.all).allMatch(text -> text.startsWith("!"));
        }
    }

    @Test
    void authoritiesThatCannotBeReadAreNamed() {
        var told = follow(
                kubernetes.registry("cluster.service.schema=https", "cluster.service.ca=" + folder.resolve("none")),
                "shop/orders:http");

        await().until(() -> told.last().endsWith("certificates " + folder.resolve("none") + ": cannot be read"));
    }

    @Test
    void severalClustersAreToldApart() throws IOException {
        try (var other = new ApiServer(SLICES)) {
            kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));
            other.client().resource(slice("orders-1", "orders", "10.1.0.1")).create();
            var registry = kubernetes.registry(
                    "clusters[0].id=east",
                    "clusters[0].service.schema=http",
                    "clusters[0].service.host=127.0.0.1",
                    "clusters[0].service.port=" + kubernetes.server.port(),
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
        var told = follow(kubernetes.registry(), service);

        await().until(() ->
                told.last().startsWith("! service_name: " + service + " (expected: [cluster/]namespace/service:port"));
    }

    @Test
    void selectorsReachTheServer() {
        kubernetes.registry(
                "cluster.namespace-selector.not-equal=kube-system", "cluster.label-selector=tier in (web,api)");

        await().until(() -> !kubernetes.server.asked.isEmpty());

        assertThat(kubernetes.server.asked.getFirst().getQuery())
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
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));

        var told = follow(kubernetes.registry("cluster.namespace-selector." + selector), "shop/orders:http");

        await().until(() -> told.last().equals(counts ? "[10.0.0.1:8080]" : "[]"));
        assertThat(kubernetes.server.asked.getFirst().getPath()).isEqualTo(path);
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
        assertThatThrownBy(() -> kubernetes.registry(setting))
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
