package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A document's secrets lie in the store as those of single resources do, and the document can always be put back. */
class ConfigsEncryptionTest {

    private static final String CONFIGS = "/apisix/admin/configs";
    private static final String WELL_KNOWN = "qeddd145sfvddff3,edd1c9f0985e76a2";
    private static final String OLD = "an-old-key-of-16";
    private static final String NEW = "a-new-key-of-16b,an-old-key-of-16";
    private static final String ENCRYPTED = "[A-Za-z0-9+/]{300,}={0,2}";

    private static final String LIMIT = "{\"limit-count\":{\"count\":1,\"time_window\":60,\"redis_password\":\"p\"}}";

    /** What has secrets, by its path as a resource of its own. */
    private static final Map<String, String> RESOURCES = new TreeMap<>(Map.of(
            "consumers/jack",
            "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"k1\"}}}",
            "consumers/jack/credentials/c",
            "{\"plugins\":{\"key-auth\":{\"key\":\"$ENV://KEY\"}},\"id\":\"c\"}",
            "routes/1",
            "{\"id\":\"1\",\"uri\":\"/a\",\"plugins\":" + LIMIT + "}",
            "services/1",
            "{\"id\":\"1\",\"plugins\":" + LIMIT + "}",
            "global_rules/1",
            "{\"id\":\"1\",\"plugins\":" + LIMIT + "}",
            "upstreams/1",
            upstream().toString(),
            "ssls/1",
            certificate().toString()));

    @TempDir
    Path folder;

    @Test
    void secretsLieInTheStoreAsTheAdminApiStoresThem() throws InterruptedException {
        try (var configs = configs(WELL_KNOWN);
                var single =
                        new AdminServer(folder.resolve("single"), Map.of("suimon.encryption.keyring", WELL_KNOWN))) {
            for (var resource : RESOURCES.entrySet()) {
                var written = single.send("PUT", "/apisix/admin/" + resource.getKey(), resource.getValue());
                assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
            }

            put(configs, "d", document());

            assertThat(RESOURCES.keySet())
                    .allSatisfy(path -> assertThat(object(configs.stored(path)))
                            .isEqualTo(object(single.stored(path)).without(List.of("create_time", "update_time"))));
            assertThat(configs.stored("consumers/jack")).contains("\"key\":\"sGfoff/k5TVaPiyGca5e5w==\"");
            assertThat(configs.stored("routes/1")).contains("\"redis_password\":\"n+P1VeClZzq3tyjZVsPmcg==\"");
        }
    }

    @Test
    void nodesGetThemPlain() throws InterruptedException {
        try (var server = configs(OLD)) {

            put(server, "d", document());

            assertThat(server.plain("consumers/jack")).contains("\"key\":\"k1\"");
            assertThat(server.plain("ssls/1")).contains("-----BEGIN PRIVATE KEY-----");
            assertThat(server.plain("upstreams/1")).contains("-----BEGIN PRIVATE KEY-----");
        }
    }

    @Test
    void theDocumentShowsPluginsSecretsDecryptedAndPrivateKeysEncrypted() throws InterruptedException {
        try (var server = configs(OLD)) {
            put(server, "d", document());

            var shown = object(read(server));

            assertThat(shown.at("/consumers/0/plugins/key-auth/key").asText()).isEqualTo("k1");
            assertThat(shown.at("/consumers/1/plugins/key-auth/key").asText()).isEqualTo("$ENV://KEY");
            assertThat(shown.at("/routes/0/plugins/limit-count/redis_password").asText())
                    .isEqualTo("p");
            assertThat(shown.at("/ssls/0/key").asText()).matches(ENCRYPTED);
            assertThat(shown.at("/ssls/0/keys/0").asText()).matches(ENCRYPTED);
            assertThat(shown.at("/upstreams/0/tls/client_key").asText()).matches(ENCRYPTED);
        }
    }

    @ParameterizedTest(name = "keyring: {0}")
    @ValueSource(strings = {"", OLD, WELL_KNOWN})
    void whatWasShownCanBePutBackAndChangesNothing(String keyring) throws InterruptedException {
        try (var server = configs(keyring)) {
            put(server, "d", document());
            var before = revisions(server);

            var validated = server.send("POST", CONFIGS + "/validate", read(server));
            put(server, "e", unversioned(read(server)));

            assertThat(validated.statusCode()).as(validated.body()).isEqualTo(200);
            assertThat(revisions(server)).isEqualTo(before);
        }
    }

    @Test
    void whatWasShownCanBePutIntoAnotherStoreWithTheSameKeyring() throws InterruptedException {
        String shown;
        try (var server = configs(OLD)) {
            put(server, "d", document());
            shown = unversioned(read(server));
        }
        try (var other = new AdminServer(folder.resolve("other"), settings(OLD))) {

            put(other, "d", shown);

            assertThat(other.plain("ssls/1")).contains("-----BEGIN PRIVATE KEY-----");
        }
    }

    @Test
    void afterARotationOnlyWhatIsWrittenAgainLiesUnderTheNewKey() throws InterruptedException {
        Map<String, Long> before;
        String old;
        try (var server = configs(OLD)) {
            put(server, "d", document());
            before = revisions(server);
            old = server.stored("routes/1");
        }
        try (var rotated = configs(NEW)) {
            put(rotated, "e", document());
            assertThat(revisions(rotated)).isEqualTo(before);

            put(rotated, "f", document("{\"routes/1\":1}"));
            put(rotated, "g", document("{\"routes/1\":2}"));

            assertThat(rotated.stored("routes/1")).isNotEqualTo(old);
            assertThat(rotated.plain("routes/1")).contains("\"redis_password\":\"p\"");
            assertThat(revisions(rotated).get("services/1")).isEqualTo(before.get("services/1"));
        }
    }

    @Test
    void withoutKeyringTheDocumentShowsWhatLiesInTheStore() throws InterruptedException {
        try (var server = configs("")) {

            put(server, "d", document());

            assertThat(server.stored("consumers/jack")).contains("\"key\":\"k1\"");
            assertThat(server.stored("ssls/1")).contains("-----BEGIN PRIVATE KEY-----");
            assertThat(object(read(server)).at("/ssls/0/key").asText()).isEqualTo(pem("a.key"));
        }
    }

    @Test
    void onceThereIsAKeyringPrivateKeysAreShownEncryptedThoughTheyStillLiePlain() throws InterruptedException {
        Map<String, Long> before;
        try (var server = configs("")) {
            put(server, "d", document());
            before = revisions(server);
        }
        try (var later = configs(OLD)) {

            var shown = read(later);
            put(later, "e", unversioned(shown));

            assertThat(object(shown).at("/ssls/0/key").asText()).matches(ENCRYPTED);
            assertThat(later.stored("ssls/1")).contains("-----BEGIN PRIVATE KEY-----");
            assertThat(revisions(later)).isEqualTo(before);
        }
    }

    @Test
    void aPrivateKeyThatNobodyEncryptedIsRefused() throws InterruptedException {
        try (var server = configs(OLD)) {
            var ssl = certificate().put("key", "MDEyMzQ1Njc4OWFiY2RlZg==".repeat(6));

            var refused = send(server, "d", "{\"ssls\":[" + ssl + "]}");

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).isEqualTo("{\"error_msg\":\"failed to decrypt previous encrypted key\"}\n");
        }
    }

    private AdminServer configs(String keyring) throws InterruptedException {
        return new AdminServer(folder.resolve("configs"), settings(keyring));
    }

    private static Map<String, String> settings(String keyring) {
        return keyring.isEmpty()
                ? Map.of("suimon.admin.mode", "configs")
                : Map.of("suimon.admin.mode", "configs", "suimon.encryption.keyring", keyring);
    }

    private static String document() {
        return document("{}");
    }

    /** @param indexes the {@code modifiedIndex} of items, by their path */
    private static String document(String indexes) {
        var document = Json.newObject();
        RESOURCES.forEach((path, text) -> {
            var item = object(text);
            if (path.contains("/credentials/")) {
                item.put("id", path.substring("consumers/".length()));
            }
            if (object(indexes).has(path)) {
                item.set("modifiedIndex", object(indexes).get(path));
            }
            document.withArrayProperty(path.substring(0, path.indexOf('/'))).add(item);
        });
        return document.toString();
    }

    /** A document without its versions replaces everything. */
    private static String unversioned(String shown) {
        var document = object(shown);
        var names = document.fieldNames();
        while (names.hasNext()) {
            if (names.next().endsWith("_conf_version")) {
                names.remove();
            }
        }
        return document.toString();
    }

    private static String read(AdminServer server) {
        return server.send("GET", CONFIGS, "").body();
    }

    private static void put(AdminServer server, String digest, String document) {
        var response = send(server, digest, document);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    }

    private static HttpResponse<String> send(AdminServer server, String digest, String document) {
        return server.send("PUT", CONFIGS, document, "X-API-KEY", AdminServer.KEY, "X-Digest", digest);
    }

    private static Map<String, Long> revisions(AdminServer server) {
        return server.entries().stream()
                .filter(entry -> !entry.path().startsWith("suimon/"))
                .collect(Collectors.toMap(entry -> entry.path(), entry -> entry.modRevision()));
    }

    private static ObjectNode certificate() {
        var certificate = Json.newObject()
                .put("id", "1")
                .put("sni", "a.test")
                .put("cert", pem("a.crt"))
                .put("key", pem("a.key"));
        certificate.putArray("certs").add(pem("b.crt"));
        certificate.putArray("keys").add(pem("b.key"));
        return certificate;
    }

    private static ObjectNode upstream() {
        var upstream = Json.newObject().put("id", "1").put("scheme", "https");
        upstream.putObject("nodes").put("127.0.0.1:443", 1);
        upstream.putObject("tls").put("client_cert", pem("a.crt")).put("client_key", pem("a.key"));
        return upstream;
    }

    private static String pem(String file) {
        try (var in = ConfigsEncryptionTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode object(String json) {
        return Json.object(json.getBytes(StandardCharsets.UTF_8)).orElseThrow(() -> new AssertionError(json));
    }
}
