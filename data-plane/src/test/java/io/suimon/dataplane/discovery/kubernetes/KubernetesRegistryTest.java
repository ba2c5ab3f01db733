package io.suimon.dataplane.discovery.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditionsBuilder;
import io.suimon.dataplane.discovery.kubernetes.KubernetesFixture.Told;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.suimon.dataplane.discovery.kubernetes.KubernetesFixture.discovery;
import static io.suimon.dataplane.discovery.kubernetes.KubernetesFixture.follow;
import static io.suimon.dataplane.discovery.kubernetes.KubernetesFixture.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class KubernetesRegistryTest {

    private final KubernetesFixture kubernetes = new KubernetesFixture();

    KubernetesRegistryTest() throws IOException {}

    @AfterEach
    void stop() {
        kubernetes.close();
    }

    @Test
    void whatThereIsIsFoundAtOnceAndWhatChangesSoonAfter() {
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));
        var registry = kubernetes.registry();
        var told = follow(registry, "shop/orders:http");

        await().until(() -> told.last().equals("[10.0.0.1:8080]"));
        kubernetes.awaitWatch(1);
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1", "10.0.0.2"));
        await().until(() -> told.last().equals("[10.0.0.1:8080, 10.0.0.2:8080]"));
        kubernetes.delete(slice("orders-1", "orders"));
        await().until(() -> told.last().equals("[]"));

        assertThat(registry.type()).isEqualTo("kubernetes");
        assertThat(told.all).hasSize(3);
    }

    @Test
    void slicesOfOneServiceOfBothFamiliesAreOne() {
        kubernetes.put(slice("orders-4a", "orders", "10.0.0.1"));
        kubernetes.put(slice("orders-6", "orders", "fd00::1"));
        kubernetes.put(slice("orders-4b", "orders", "10.0.0.2"));
        kubernetes.put(slice("other", "other", "10.0.0.9"));

        var told = follow(kubernetes.registry(), "shop/orders:http");

        await().until(() -> told.last().equals("[10.0.0.1:8080, 10.0.0.2:8080, [fd00::1]:8080]"));
    }

    @ParameterizedTest
    @CsvSource({"shop/orders:admin, 9000", "shop/orders:9000, 9000", "shop/orders:8080, 8080", "shop/orders:http, 8080"
    })
    void aPortIsMeantByNameOrNumber(String service, int port) {
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));

        var told = follow(kubernetes.registry(), service);

        await().until(() -> told.last().equals("[10.0.0.1:" + port + "]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop/orders:grpc", "shop/orders:1", "shop/nobody:http", "elsewhere/orders:http"})
    void whatIsNotThereHasNoEndpoints(String service) {
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));

        var told = follow(kubernetes.registry(), service);

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
        kubernetes.put(slice);

        var told = follow(kubernetes.registry(), "shop/orders:http");

        await().until(() -> told.last().equals(counts ? "[10.0.0.1:8080]" : "[]"));
    }

    @Test
    void aSliceThatLosesItsServiceOrPortsIsNoMore() {
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));
        var told = follow(kubernetes.registry(), "shop/orders:http");
        await().until(() -> told.last().equals("[10.0.0.1:8080]"));
        kubernetes.awaitWatch(1);

        kubernetes.put(slice("orders-1", "invoices", "10.0.0.1"));

        await().until(() -> told.last().equals("[]"));
    }

    @Test
    void aLargeListComesInParts() {
        kubernetes.server.pageSize = 2;
        for (int i = 0; i < 5; i++) {
            kubernetes.put(slice("orders-" + i, "orders", "10.0.0." + i));
        }

        var told = follow(kubernetes.registry(), "shop/orders:http");

        await().until(() ->
                told.last().startsWith("[10.0.0.0:8080") && told.last().endsWith("10.0.0.4:8080]"));
        assertThat(kubernetes.server.asked)
                .filteredOn(uri -> uri.getQuery().contains("limit="))
                .hasSize(3);
    }

    @Test
    void whoAsksLaterIsToldWhatIsKnown() {
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));
        var registry = kubernetes.registry();
        kubernetes.awaitWatch(1);

        var told = follow(registry, "shop/orders:http");

        await().until(() -> told.last().equals("[10.0.0.1:8080]"));
        assertThat(told.all).hasSize(1);
    }

    @Test
    void whoDoesNotAskAnyMoreIsNotTold() {
        var registry = kubernetes.registry();
        kubernetes.awaitWatch(1);
        var told = new Told();
        var other = follow(registry, "shop/orders:http");
        var watch = registry.watch(discovery("shop/orders:http"), told);
        await().until(() -> told.all.size() == 1 && other.all.size() == 1);

        watch.close();
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));

        await().until(() -> other.last().equals("[10.0.0.1:8080]"));
        assertThat(told.all).hasSize(1);
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
            var registry =
                    kubernetes.registry("cluster.watch-endpoint-slices=false", "cluster.service.port=" + older.port());
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
    void theDumpShowsWhatIsKnownWithoutTheToken() throws Exception {
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));
        kubernetes.server.token = "opensesame";
        var registry = kubernetes.registry("cluster.client.token=opensesame");
        await().until(() -> registry.dump().orElseThrow().contains("10.0.0.1"));

        var dump = new ObjectMapper().readTree(registry.dump().orElseThrow());

        assertThat(dump.path("endpoints")).isEqualTo(new ObjectMapper().readTree("""
                [{"id":"","endpoints":[{"name":"shop/orders","value":{"http":[{"host":"10.0.0.1","port":8080,"weight":50}],
                "admin":[{"host":"10.0.0.1","port":9000,"weight":50}]}}]}]"""));
        assertThat(dump.at("/config/0/default_weight").intValue()).isEqualTo(50);
        assertThat(dump.toString()).doesNotContain("opensesame");
    }
}
