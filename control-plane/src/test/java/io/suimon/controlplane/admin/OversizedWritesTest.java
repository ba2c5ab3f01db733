package io.suimon.controlplane.admin;

import io.suimon.controlplane.store.etcd.EtcdServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Bodies that the API takes and the store does not. */
class OversizedWritesTest {

    private static final String LIMIT = "bytes (expected: at most 1500000)";
    private static final AtomicInteger STORES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static EtcdServer etcd;

    @BeforeAll
    static void start() {
        etcd = EtcdServer.start(folder);
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "etcd"})
    void whatTheStoreDoesNotTakeIsRefusedAndNothingIsWritten(String store) throws InterruptedException {
        try (var server = server(store, Map.of())) {
            server.send("PUT", "/apisix/admin/services/s", "{\"name\":\"n\"}");
            var before = stored(server);

            var put = server.send("PUT", "/apisix/admin/services/big", service(1_510_000));
            var replaced = server.send("PUT", "/apisix/admin/services/s", service(1_510_000));
            var posted = server.send("POST", "/apisix/admin/services", service(1_510_000));
            var merged = server.send("PATCH", "/apisix/admin/services/s", service(1_510_000));
            var part = server.send("PATCH", "/apisix/admin/services/s/plugins", plugins(1_510_000));

            assertThat(new HttpResponse<?>[] {put, replaced, posted, merged, part})
                    .allSatisfy(answer -> {
                        assertThat(answer.statusCode()).isEqualTo(400);
                        assertThat(String.valueOf(answer.body()))
                                .matches("\\{\"error_msg\":\"too large to be stored: transaction of 1510[0-9]{3} bytes"
                                        + " \\(expected: at most 1500000\\)\"}\n");
                    });
            assertThat(stored(server)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "etcd"})
    void whatIsJustWithinTheLimitIsStored(String store) throws InterruptedException {
        try (var server = server(store, Map.of())) {
            var put = server.send("PUT", "/apisix/admin/services/big", service(1_499_000));

            var read = server.send("GET", "/apisix/admin/services/big", "");

            assertThat(put.statusCode()).isEqualTo(201);
            assertThat(read.body()).hasSizeGreaterThan(1_499_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "etcd"})
    void whatEncryptionMakesTooLargeIsRefused(String store) throws InterruptedException {
        var secret = "{\"plugins\":{\"limit-count\":{\"count\":1,\"time_window\":60,\"redis_password\":\""
                + "p".repeat(1_200_000) + "\"}}}";
        try (var server = server(store, Map.of("suimon.encryption.keyring", "a-key-of-16-byte"))) {
            var put = server.send("PUT", "/apisix/admin/services/secret", secret);

            assertThat(put.statusCode()).as(put.body()).isEqualTo(400);
            assertThat(put.body()).contains("transaction of 16", LIMIT);
            assertThat(server.stored()).doesNotContainKey("services/secret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "etcd"})
    void aDocumentTheStoreDoesNotTakeIsRefusedWhole(String store) throws InterruptedException {
        try (var server = server(store, Map.of("suimon.admin.mode", "configs"))) {
            configs(server, "first", "{\"services\":[{\"id\":\"s\"}]}");
            var before = server.stored();

            var put = configs(
                    server,
                    "second",
                    "{\"services\":[{\"id\":\"t\"}," + service(755_000) + "," + service(755_000) + "]}");

            assertThat(put.statusCode()).isEqualTo(400);
            assertThat(put.body()).contains("too many changes at once: transaction of 15", LIMIT);
            assertThat(server.stored()).isEqualTo(before);
        }
    }

    @Test
    void anEtcdThatTakesLessSaysSo(@TempDir Path other) throws InterruptedException {
        try (var small = EtcdServer.start(other, "--max-request-bytes=100000");
                var server = new AdminServer(
                        Map.of("suimon.store.type", "etcd", "suimon.store.etcd.endpoints", small.endpoint()))) {
            var put = server.send("PUT", "/apisix/admin/services/big", service(200_000));

            assertThat(put.statusCode()).as(put.body()).isEqualTo(400);
            assertThat(put.body())
                    .contains("too large to be stored: transaction of 2001", "etcdserver: request is too large");
        }
    }

    private static AdminServer server(String store, Map<String, String> settings) throws InterruptedException {
        var name = "s" + STORES.incrementAndGet();
        var all = new HashMap<>(settings);
        all.put("suimon.store.type", store);
        all.put("suimon.store.path", folder.resolve(name).toString());
        all.put("suimon.store.etcd.endpoints", etcd.endpoint());
        all.put("suimon.store.etcd.prefix", "/" + name);
        return new AdminServer(all);
    }

    private static HttpResponse<String> configs(AdminServer server, String digest, String document) {
        return server.send("PUT", "/apisix/admin/configs", document, "X-API-KEY", AdminServer.KEY, "X-Digest", digest);
    }

    /** What there is but for the counter that new ids are drawn from. */
    private static Map<String, String> stored(AdminServer server) {
        var stored = server.stored();
        stored.remove("gen_id");
        return stored;
    }

    private static String service(int size) {
        return "{\"plugins\":" + plugins(size) + "}";
    }

    private static String plugins(int size) {
        return "{\"response-rewrite\":{\"body\":\"" + "x".repeat(size) + "\"}}";
    }
}
