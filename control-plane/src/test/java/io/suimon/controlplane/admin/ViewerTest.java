package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the key of a viewer shows, and what not. */
@ParameterizedClass
@EnumSource(TestStore.class)
class ViewerTest {

    private static final String CONFIGS = "/apisix/admin/configs";

    /** Everything a document may have that a viewer may not; each secret has {@code SECRET} in it, or is a private key. */
    private static final String DOCUMENT = """
            {"consumers":[{"username":"jack","plugins":{"key-auth":{"key":"SECRET-1"}}},
              {"id":"jack/credentials/c","plugins":{"key-auth":{"key":"SECRET-2"}}}],
            "routes":[{"id":"1","uri":"/a","upstream":UPSTREAM,"plugins":LIMIT}],
            "services":[{"id":"1","upstream":UPSTREAM,"plugins":LIMIT}],
            "upstreams":[UPSTREAM],
            "stream_routes":[{"id":"1","server_port":9100,"upstream":UPSTREAM}],
            "consumer_groups":[{"id":"1","plugins":LIMIT}],
            "plugin_configs":[{"id":"1","plugins":LIMIT}],
            "global_rules":[{"id":"1","plugins":LIMIT}],
            "ssls":[{"id":"1","sni":"a.test","cert":"CERT","key":"KEY","certs":["CERT"],"keys":["KEY"]}],
            "secrets":[{"id":"vault/1","uri":"http://v","prefix":"p","token":"SECRET-3"},
              {"id":"aws/1","access_key_id":"shown","secret_access_key":"SECRET-4","session_token":"SECRET-5"},
              {"id":"gcp/1","auth_config":{"client_email":"e","private_key":"SECRET-6","project_id":"p"}}]}
            """;

    private static final String LIMIT =
            "{\"limit-count\":{\"count\":1,\"time_window\":60,\"redis_password\":\"SECRET-7\"}}";
    private static final String UPSTREAM = "{\"scheme\":\"https\",\"nodes\":{\"127.0.0.1:443\":1},"
            + "\"tls\":{\"client_cert\":\"CERT\",\"client_key\":\"KEY\"}}";

    @TempDir
    Path folder;

    private final TestStore store;

    ViewerTest(TestStore store) {
        this.store = store;
    }

    @ParameterizedTest(name = "keyring \"{0}\"")
    @ValueSource(strings = {"", "a-key-of-16-byte"})
    void aDocumentHasNoSecretsForAViewer(String keyring) throws InterruptedException {
        try (var server = configs(keyring)) {
            var put = server.send("PUT", CONFIGS, document(), "X-API-KEY", AdminServer.KEY, "X-Digest", "d");

            var shown = server.send("GET", CONFIGS, "", "X-API-KEY", AdminServer.VIEWER);
            var yaml = server.send("GET", CONFIGS, "", "X-API-KEY", AdminServer.VIEWER, "Accept", "application/yaml");
            var whole = server.send("GET", CONFIGS, "");

            assertThat(put.statusCode()).as(put.body()).isEqualTo(202);
            assertThat(whole.body()).contains("SECRET-1", "SECRET-2", "SECRET-3", "SECRET-6", "SECRET-7");
            for (var each : new String[] {shown.body(), yaml.body()}) {
                assertThat(each).doesNotContain("SECRET", "PRIVATE KEY", "client_key", "redis_password");
                assertThat(each).contains("BEGIN CERTIFICATE", "access_key_id", "time_window", "limit-count");
            }
            var document = object(shown);
            assertThat(document.at("/ssls/0").has("key")).isFalse();
            assertThat(document.at("/ssls/0").has("keys")).isFalse();
            assertThat(document.at("/consumers/0").toString())
                    .isEqualTo("{\"username\":\"jack\",\"plugins\":{\"key-auth\":{}}}");
            assertThat(shown.headers().firstValue("X-Digest")).contains("d");
        }
    }

    @Test
    void aSingleResourceIsShownToAViewerAsToAnAdmin() throws InterruptedException {
        try (var server = store.open(folder, Map.of("suimon.encryption.keyring", "a-key-of-16-byte"))) {
            server.send(
                    "PUT",
                    "/apisix/admin/consumers",
                    "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"k1\"}}}");
            server.send(
                    "PUT",
                    "/apisix/admin/ssls/1",
                    "{\"sni\":\"a.test\",\"cert\":\"" + pem("a.crt") + "\",\"key\":\"" + pem("a.key") + "\"}");

            for (var path : new String[] {"/consumers/jack", "/consumers", "/ssls/1", "/ssls"}) {
                var admin = server.send("GET", "/apisix/admin" + path, "");
                var viewer = server.send("GET", "/apisix/admin" + path, "", "X-API-KEY", AdminServer.VIEWER);

                assertThat(viewer.body()).isEqualTo(admin.body());
                assertThat(viewer.body()).contains(path.startsWith("/ssls") ? "a.test" : "\"key\":\"k1\"");
                assertThat(viewer.body()).doesNotContain("PRIVATE KEY");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"upstreams", "routes", "services", "stream_routes"})
    void aPrivateKeyThatLiesPlainIsNotShownToAViewer(String kind) throws InterruptedException {
        try (var server = store.open(folder.resolve(kind))) {
            var upstream = UPSTREAM.replace("CERT", pem("a.crt")).replace("\"KEY\"", "\"" + pem("a.key") + "\"");
            var put = server.send(
                    "PUT",
                    "/apisix/admin/" + kind + "/1",
                    kind.equals("upstreams") ? upstream : "{\"upstream\":" + upstream + uri(kind) + "}");

            var one = server.send("GET", "/apisix/admin/" + kind + "/1", "", "X-API-KEY", AdminServer.VIEWER);
            var list = server.send("GET", "/apisix/admin/" + kind, "", "X-API-KEY", AdminServer.VIEWER);
            var whole = server.send("GET", "/apisix/admin/" + kind + "/1", "");

            assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
            assertThat(one.body() + list.body()).doesNotContain("PRIVATE KEY").contains("BEGIN CERTIFICATE");
            assertThat(whole.body()).contains("PRIVATE KEY");
        }
    }

    private static String uri(String kind) {
        return kind.equals("routes") ? ",\"uri\":\"/a\"" : "";
    }

    private AdminServer configs(String keyring) throws InterruptedException {
        return store.open(
                folder,
                keyring.isEmpty()
                        ? Map.of("suimon.admin.mode", "configs")
                        : Map.of("suimon.admin.mode", "configs", "suimon.encryption.keyring", keyring));
    }

    private static String document() {
        return DOCUMENT.replace("UPSTREAM", UPSTREAM)
                .replace("LIMIT", LIMIT)
                .replace("CERT", pem("a.crt"))
                .replace("\"KEY\"", "\"" + pem("a.key") + "\"");
    }

    /** As it stands within a JSON text. */
    private static String pem(String file) {
        try (var in = ViewerTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\n", "\\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode object(HttpResponse<String> response) {
        return Json.object(response.body().getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
