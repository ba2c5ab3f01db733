package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnumSource(TestStore.class)
class EncryptionHttpTest {

    private static final String KEYRING = "suimon.encryption.keyring";
    private static final String CONSUMER = "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"k1\"}}}";

    private Path own;

    /** The start is told. */
    @Parameter
    @Nullable
    TestStore given;

    private AdminServer server;

    @BeforeParameterizedClassInvocation
    void start(TestStore store, @TempDir Path folder) throws InterruptedException {
        own = folder;
        server = Objects.requireNonNull(store)
                .open(folder.resolve("shared"), Map.of(KEYRING, "qeddd145sfvddff3,edd1c9f0985e76a2"));
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server.close();
    }

    /** One request after the other, under the keyring APISIX comes with: writes show what is stored, reads show it decrypted. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvFileSource(
            resources = "encrypted-requests.csv",
            delimiter = '|',
            quoteCharacter = '~',
            maxCharsPerColumn = 20_000)
    void requestsAreAnsweredAsApisixAnswersThem(String method, String path, String body, int status, String answer) {
        var response = server.send(method, "/apisix/admin" + path, body == null ? "" : body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(Timeless.body(response)).isEqualTo(answer + "\n");
    }

    @Test
    void privateKeysAreShownEncryptedToWhoWritesAndNotAtAllToWhoReads() {
        var written =
                server.send("PUT", "/apisix/admin/ssls/shown", certificate("a").toString());

        var read = server.send("GET", "/apisix/admin/ssls/shown", "");

        assertThat(value(written).path("key").asText()).matches("[A-Za-z0-9+/]{300,}={0,2}");
        assertThat(value(read).has("key")).isFalse();
        assertThat(value(read).has("cert")).isTrue();
        assertThat(server.plain("ssls/shown")).contains("-----BEGIN PRIVATE KEY-----");
    }

    @Test
    void aPrivateKeyCanBeWrittenBackAsItWasShown() {
        var written = value(
                server.send("PUT", "/apisix/admin/ssls/again", certificate("a").toString()));
        var again = certificate("a").put("key", written.path("key").asText());

        var response = server.send("PUT", "/apisix/admin/ssls/again", again.toString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(value(response).path("key")).isEqualTo(written.path("key"));
    }

    @Test
    void aPrivateKeyThatNobodyEncryptedIsRefused() {
        var response = server.send(
                "PUT",
                "/apisix/admin/ssls/junk",
                certificate("a")
                        .put("key", "MDEyMzQ1Njc4OWFiY2RlZg==".repeat(6))
                        .toString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"error_msg\":\"failed to decrypt previous encrypted key\"}\n");
    }

    @Test
    void patchedPrivateKeysAreEncrypted() {
        var before = value(server.send(
                "PUT", "/apisix/admin/ssls/patched", certificate("a").toString()));

        var patched = server.send(
                "PATCH", "/apisix/admin/ssls/patched", certificate("b").toString());
        var touched = server.send("PATCH", "/apisix/admin/ssls/patched", "{\"status\":0}");

        assertThat(value(patched).path("key").asText())
                .matches("[A-Za-z0-9+/]{300,}={0,2}")
                .isNotEqualTo(before.path("key").asText());
        assertThat(value(touched).path("key")).isEqualTo(value(patched).path("key"));
        assertThat(server.plain("ssls/patched"))
                .contains(Json.newObject().put("key", pem("b.key")).toString().substring(1, 100));
    }

    @Test
    void clientKeysOfUpstreamsStayEncryptedInEveryAnswer() {
        var upstream = upstream().toString();
        var written = server.send("PUT", "/apisix/admin/upstreams/tls", upstream);

        var read = server.send("GET", "/apisix/admin/upstreams/tls", "");
        var patched = server.send("PATCH", "/apisix/admin/upstreams/tls", "{\"desc\":\"d\"}");
        var embedded = server.send("PUT", "/apisix/admin/routes/tls", "{\"uri\":\"/t\",\"upstream\":" + upstream + "}");

        var shown = value(written).at("/tls/client_key");
        assertThat(shown.asText()).matches("[A-Za-z0-9+/]{300,}={0,2}");
        assertThat(value(read).at("/tls/client_key")).isEqualTo(shown);
        assertThat(value(patched).at("/tls/client_key")).isEqualTo(shown);
        assertThat(value(embedded).at("/upstream/tls/client_key")).isEqualTo(shown);
        assertThat(server.plain("upstreams/tls")).contains("-----BEGIN PRIVATE KEY-----");
        assertThat(server.plain("routes/tls")).contains("-----BEGIN PRIVATE KEY-----");
    }

    @Test
    void newResourcesAreEncrypted() {
        var body = "{\"uri\":\"/n\",\"plugins\":{\"limit-count\":"
                + "{\"count\":1,\"time_window\":60,\"redis_password\":\"p\"}}}";

        var created = server.send("POST", "/apisix/admin/routes", body);

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(value(created).at("/plugins/limit-count/redis_password").asText())
                .isEqualTo("n+P1VeClZzq3tyjZVsPmcg==");
        server.send(
                "DELETE", "/apisix/admin/routes/" + value(created).path("id").asText(), "");
    }

    @Test
    void switchedOffPluginsKeepTheirTextsAndPrivateKeysAreStillEncrypted() throws InterruptedException {
        var settings = Map.of(KEYRING, "0123456789abcdef", "suimon.encryption.enabled", "false");
        try (var off = new AdminServer(own.resolve("off"), settings)) {
            var text = CONSUMER.replace("k1", "sGfoff/k5TVaPiyGca5e5w==");

            var consumer = off.send("PUT", "/apisix/admin/consumers", text);
            var read = off.send("GET", "/apisix/admin/consumers/jack", "");
            var ssl = off.send("PUT", "/apisix/admin/ssls/1", certificate("a").toString());

            assertThat(consumer.body()).contains("sGfoff/k5TVaPiyGca5e5w==");
            assertThat(read.body()).contains("sGfoff/k5TVaPiyGca5e5w==");
            assertThat(value(ssl).path("key").asText()).matches("[A-Za-z0-9+/]{300,}={0,2}");
        }
    }

    @Test
    void withoutKeyringSecretsArePlainInTheStoreAndPrivateKeysInNoAnswer() throws InterruptedException {
        try (var plain = new AdminServer(own.resolve("plain"))) {
            plain.send("PUT", "/apisix/admin/consumers", CONSUMER);
            var ssl = plain.send("PUT", "/apisix/admin/ssls/1", certificate("a").toString());
            var touched = plain.send("PATCH", "/apisix/admin/ssls/1", "{\"status\":1}");

            var stored = plain.stored();

            assertThat(stored.get("consumers/jack")).contains("\"key\":\"k1\"");
            assertThat(stored.get("ssls/1")).contains("-----BEGIN PRIVATE KEY-----");
            assertThat(ssl.statusCode()).as(ssl.body()).isEqualTo(201);
            assertThat(ssl.body() + touched.body()).doesNotContain("PRIVATE KEY");
        }
    }

    @Test
    void afterARotationOldSecretsAreReadAndNewlyWrittenUnderTheNewKey() throws InterruptedException {
        var data = own.resolve("rotated");
        String before;
        try (var old = new AdminServer(data, Map.of(KEYRING, "an-old-key-of-16"))) {
            old.send("PUT", "/apisix/admin/consumers", CONSUMER);
            old.send("PUT", "/apisix/admin/ssls/1", certificate("a").toString());
            before = old.stored().getOrDefault("consumers/jack", "");
        }
        try (var rotated = new AdminServer(data, Map.of(KEYRING, "a-new-key-of-16b,an-old-key-of-16"))) {

            var read = rotated.send("GET", "/apisix/admin/consumers/jack", "");
            var duplicate = rotated.send("PUT", "/apisix/admin/consumers", CONSUMER.replace("jack", "jim"));
            var written = rotated.send("PUT", "/apisix/admin/consumers", CONSUMER);
            var patched = rotated.send("PATCH", "/apisix/admin/ssls/1", "{\"status\":0}");

            assertThat(before).doesNotContain("k1");
            assertThat(read.body()).contains("\"key\":\"k1\"");
            assertThat(duplicate.body()).contains("duplicate key of plugin key-auth found with consumer: jack");
            assertThat(written.body()).doesNotContain("k1").doesNotContain(secretOf(before));
            assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
        }
        try (var later = new AdminServer(data, Map.of(KEYRING, "a-new-key-of-16b"))) {
            assertThat(later.plain("consumers/jack")).contains("\"key\":\"k1\"");
            assertThat(later.plain("ssls/1")).contains("-----BEGIN PRIVATE KEY-----");
        }
    }

    private static String secretOf(String consumer) {
        return object(consumer).at("/plugins/key-auth/key").asText();
    }

    private static ObjectNode certificate(String name) {
        return Json.newObject()
                .put("sni", name + ".test")
                .put("cert", pem(name + ".crt"))
                .put("key", pem(name + ".key"));
    }

    private static ObjectNode upstream() {
        var upstream = Json.newObject().put("scheme", "https");
        upstream.putObject("nodes").put("127.0.0.1:443", 1);
        upstream.putObject("tls").put("client_cert", pem("a.crt")).put("client_key", pem("a.key"));
        return upstream;
    }

    private static String pem(String file) {
        try (var in = EncryptionHttpTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode value(HttpResponse<String> response) {
        return (ObjectNode) object(response.body()).path("value");
    }

    private static ObjectNode object(String json) {
        return Json.object(json.getBytes(StandardCharsets.UTF_8)).orElseThrow(() -> new AssertionError(json));
    }
}
