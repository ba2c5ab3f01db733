package io.suimon.controlplane.admin;

import io.suimon.controlplane.store.etcd.EtcdServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What lies in the store is what APISIX would have put there, and what APISIX has put there can be read. */
class StorageLayoutTest {

    private static final String KEYRING = "qeddd145sfvddff3,edd1c9f0985e76a2";

    @TempDir
    static Path folder;

    private static EtcdServer etcd;
    private static AdminServer onFile;
    private static AdminServer onEtcd;
    private static AdminServer onApisixData;

    @BeforeAll
    static void start() throws Exception {
        etcd = EtcdServer.start(folder);
        for (var line : lines("apisix-entries.csv")) {
            int bar = line.indexOf('|');
            etcd.ctl("put", "/apisix/" + line.substring(0, bar), line.substring(bar + 1));
        }
        onFile = new AdminServer(folder.resolve("store"), Map.of("suimon.encryption.keyring", KEYRING));
        onEtcd = onEtcd("/suimon", Map.of("suimon.encryption.keyring", KEYRING));
        onApisixData = onEtcd("/apisix", Map.of());
    }

    @AfterAll
    static void stop() {
        onApisixData.close();
        onEtcd.close();
        onFile.close();
        etcd.close();
    }

    private static AdminServer onEtcd(String prefix, Map<String, String> settings) throws InterruptedException {
        var all = new HashMap<>(settings);
        all.put("suimon.store.type", "etcd");
        all.put("suimon.store.etcd.endpoints", etcd.endpoint());
        all.put("suimon.store.etcd.prefix", prefix);
        return new AdminServer(folder, all);
    }

    private static List<String> lines(String resource) throws IOException {
        try (var reader = new BufferedReader(
                new InputStreamReader(StorageLayoutTest.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    /** No keyring is set: that of APISIX is tried when reading. */
    @ParameterizedTest(name = "GET {0}")
    @CsvFileSource(resources = "apisix-reads.csv", delimiter = '|', quoteCharacter = '~', maxCharsPerColumn = 20_000)
    void whatApisixWroteIsListedAndRead(String path, int status, String answer) {
        var response = onApisixData.send("GET", "/apisix/admin" + path, "");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(Timeless.body(response)).isEqualTo(answer + "\n");
    }

    @Test
    void listsHoldResourcesOnly() {
        var routes = onApisixData.send("GET", "/apisix/admin/routes", "");
        var plugins = onApisixData.send("GET", "/apisix/admin/plugins/list", "");

        assertThat(routes.body()).startsWith("{\"total\":3,").doesNotContain("init_dir");
        assertThat(plugins.statusCode()).isEqualTo(200);
    }

    @Test
    void whatApisixEncryptedIsServedPlain() {
        assertThat(onApisixData.plain("consumers/jack")).contains("\"key\":\"k1\"");
        assertThat(onApisixData.plain("consumers/jack/credentials/c1")).contains("\"key\":\"p\"");
        assertThat(onApisixData.plain("ssls/1"))
                .contains("\"key\":\"-----BEGIN PRIVATE KEY-----", "\"keys\":[\"-----BEGIN PRIVATE KEY-----");
        assertThat(onApisixData.plain("upstreams/tls")).contains("\"client_key\":\"-----BEGIN PRIVATE KEY-----");
        assertThat(onApisixData.plain("routes/1")).contains("\"redis_password\":\"p\"");
        assertThat(onApisixData.plain("consumers/lost"))
                .isEqualTo(onApisixData.stored().get("consumers/lost"));
    }

    @Test
    void whatApisixWroteCanBeReferredToAndChanged() {
        var referrer = onApisixData.send("PUT", "/apisix/admin/routes/new", "{\"uri\":\"/n\",\"upstream_id\":\"7\"}");
        var duplicate = onApisixData.send(
                "PUT", "/apisix/admin/consumers", "{\"username\":\"jim\",\"plugins\":{\"key-auth\":{\"key\":\"k1\"}}}");
        var used = onApisixData.send("DELETE", "/apisix/admin/upstreams/7", "");
        var patched = onApisixData.send("PATCH", "/apisix/admin/services/s1", "{\"name\":\"n\"}");
        var gone = onApisixData.send("DELETE", "/apisix/admin/routes/new", "");

        assertThat(referrer.statusCode()).as(referrer.body()).isEqualTo(201);
        assertThat(duplicate.body()).contains("duplicate key of plugin key-auth found with consumer: jack");
        assertThat(used.body()).contains("can not delete this upstream, route [");
        assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
        assertThat(gone.statusCode()).isEqualTo(200);
        onApisixData.send("PATCH", "/apisix/admin/services/s1", "{\"name\":null,\"update_time\":1690000000}");
    }

    @ParameterizedTest(name = "{2}")
    @CsvFileSource(resources = "stored.csv", delimiter = '|', quoteCharacter = '~', maxCharsPerColumn = 20_000)
    void whatIsWrittenIsWhatApisixWouldWrite(String path, String body, String key, String value) {
        var toFile = onFile.send("PUT", "/apisix/admin" + path, body);
        var toEtcd = onEtcd.send("PUT", "/apisix/admin" + path, body);

        assertThat(toFile.statusCode()).as(toFile.body()).isEqualTo(201);
        assertThat(toEtcd.statusCode()).as(toEtcd.body()).isEqualTo(201);
        assertThat(Timeless.text(onFile.stored().getOrDefault(key, ""))).isEqualTo(value);
        assertThat(Timeless.text(etcd.ctl("get", "--print-value-only", "/suimon/" + key)))
                .isEqualTo(value + "\n");
    }

    @Test
    void idsOfTheServerComeFromOneKey() {
        var created = onEtcd.send("POST", "/apisix/admin/protos", "{\"content\":\"syntax = \\\"proto3\\\";\"}");

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(etcd.ctl("get", "--print-value-only", "/suimon/gen_id")).isEqualTo("1\n");
        assertThat(etcd.ctl("get", "--prefix", "--keys-only", "/suimon/protos/"))
                .containsPattern("protos/[0-9]{20}");
    }
}
