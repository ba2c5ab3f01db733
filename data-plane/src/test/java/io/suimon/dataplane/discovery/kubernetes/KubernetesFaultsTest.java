package io.suimon.dataplane.discovery.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.suimon.dataplane.discovery.kubernetes.KubernetesFixture.SLICES;
import static io.suimon.dataplane.discovery.kubernetes.KubernetesFixture.follow;
import static io.suimon.dataplane.discovery.kubernetes.KubernetesFixture.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class KubernetesFaultsTest {

    @TempDir
    Path folder;

    private final KubernetesFixture kubernetes = new KubernetesFixture();

    KubernetesFaultsTest() throws IOException {}

    @AfterEach
    void stop() {
        kubernetes.close();
    }

    @Test
    void aWatchThatEndsGoesOnWhereItEnded() {
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));
        var told = follow(kubernetes.registry(), "shop/orders:http");
        kubernetes.awaitWatch(1);

        kubernetes.server.cutWatches();
        kubernetes.put(slice("orders-1", "orders", "10.0.0.2"));

        await().until(() -> told.last().equals("[10.0.0.2:8080]"));
        assertThat(kubernetes.server.asked)
                .filteredOn(uri -> uri.getQuery().contains("limit="))
                .hasSize(1);
        assertThat(told.all).noneMatch(text -> text.startsWith("!"));
    }

    @Test
    void aPlaceTheServerForgotIsListedAnew() {
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));
        kubernetes.put(slice("orders-2", "orders", "10.0.0.2"));
        var told = follow(kubernetes.registry(), "shop/orders:http");
        kubernetes.awaitWatch(1);

        kubernetes.server.stop();
        kubernetes.delete(slice("orders-1", "orders"));
        kubernetes.put(slice("orders-3", "orders", "10.0.0.3"));
        kubernetes.server.forget();
        kubernetes.restart();

        await().until(() -> told.last().equals("[10.0.0.2:8080, 10.0.0.3:8080]"));
        assertThat(kubernetes.server.asked)
                .filteredOn(uri -> uri.getQuery().contains("limit="))
                .hasSize(2);
    }

    @Test
    void aServerThatExpiresAWatchInTheMiddleIsListedAnew() {
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));
        kubernetes.server.instead = "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}\n";
        var told = follow(kubernetes.registry(), "shop/orders:http");
        await().until(() -> kubernetes.server.asked.stream()
                        .filter(uri -> uri.getQuery().contains("limit="))
                        .count()
                >= 2);

        kubernetes.server.instead = null;

        kubernetes.awaitWatch(1);
        assertThat(told.all).noneMatch(text -> text.startsWith("!"));
        assertThat(told.last()).isEqualTo("[10.0.0.1:8080]");
    }

    @Test
    void whileTheServerIsGoneThoseWhoAskAreToldAndWhenItIsBackToo() {
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));
        var registry = kubernetes.registry();
        var told = follow(registry, "shop/orders:http");
        kubernetes.awaitWatch(1);

        kubernetes.server.stop();
        await().until(() -> told.last().startsWith("! kubernetes: http://127.0.0.1:"));
        var late = follow(registry, "shop/orders:admin");
        await().until(() -> late.last().startsWith("! "));
        kubernetes.put(slice("orders-1", "orders", "10.0.0.2"));
        kubernetes.restart();

        await().until(() -> told.last().equals("[10.0.0.2:8080]") && late.last().equals("[10.0.0.2:9000]"));
        assertThat(late.all.getFirst()).isEqualTo("[10.0.0.1:9000]");
    }

    @Test
    void aServerThatIsGoneFromTheBeginningIsAFailureAndNoEmptyService() {
        kubernetes.server.status = 503;
        var told = follow(kubernetes.registry(), "shop/orders:http");

        await().until(() -> told.last().contains("GET " + SLICES + ": status 503 (expected: 200)"));

        assertThat(told.all).allMatch(text -> text.startsWith("!"));
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));
        kubernetes.server.status = 0;
        await().until(() -> told.last().equals("[10.0.0.1:8080]"));
    }

    @Test
    void aTokenIsReadAgainWhenItWasReplaced() throws IOException {
        var file = Files.writeString(folder.resolve("token"), "old\n");
        kubernetes.server.token = "old";
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));
        var told = follow(kubernetes.registry("cluster.client.token-file=" + file), "shop/orders:http");
        kubernetes.awaitWatch(1);

        kubernetes.server.token = "opensesame";
        kubernetes.server.cutWatches();
        await().until(() -> told.last().contains("status 401"));
        Files.writeString(file, "opensesame");

        kubernetes.awaitWatch(2);
        await().until(() -> told.last().equals("[10.0.0.1:8080]"));
        assertThat(told.all).noneMatch(text -> text.contains("opensesame"));
    }

    @Test
    void aTokenFileWithoutATokenIsNamedAndNotShown() throws IOException {
        var file = Files.writeString(folder.resolve("token"), "two words");

        var told = follow(kubernetes.registry("cluster.client.token-file=" + file), "shop/orders:http");

        await().until(() -> told.last().endsWith("token file " + file + ": no token (expected: visible characters)"));
    }

    @Test
    void aTokenFileThatIsNotThereIsNamed() {
        var told =
                follow(kubernetes.registry("cluster.client.token-file=" + folder.resolve("none")), "shop/orders:http");

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
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));
        kubernetes.server.instead = garbage;
        var told = follow(kubernetes.registry(), "shop/orders:http");
        await().until(() -> told.last().startsWith("!"));

        kubernetes.server.instead = null;
        kubernetes.put(slice("orders-1", "orders", "10.0.0.2"));

        await().until(() -> told.last().equals("[10.0.0.2:8080]"));
        assertThat(told.all).noneMatch(text -> text.equals("[]"));
    }

    @Test
    void aWatchThatFallsSilentIsBegunAnew() {
        kubernetes.put(slice("orders-1", "orders", "10.0.0.1"));
        var told = follow(kubernetes.registry("watch-time=1s", "timeout=200ms"), "shop/orders:http");
        kubernetes.awaitWatch(1);

        kubernetes.awaitWatch(2);

        assertThat(told.all).anyMatch(text -> text.endsWith("a watch did not end in time"));
        await().until(() -> told.last().equals("[10.0.0.1:8080]"));
    }
}
