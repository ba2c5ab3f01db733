package io.suimon.controlplane.admin;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The Admin API where the configuration is one document. */
@ParameterizedClass
@EnumSource(TestStore.class)
class ConfigsModeTest {

    private static final String CONFIGS = "/apisix/admin/configs";
    private static final String ROUTE = "{\"id\":\"1\",\"uri\":\"/a\",\"plugins\":{}}";

    @TempDir
    Path folder;

    private final TestStore store;

    private AdminServer server;

    ConfigsModeTest(TestStore store) {
        this.store = store;
    }

    @BeforeEach
    void start() throws InterruptedException {
        server = store.open(folder, Map.of("suimon.admin.mode", "configs"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "HEAD,   /apisix/admin,                  200",
        "GET,    /apisix/admin,                  404",
        "GET,    /apisix/admin/,                 404",
        "GET,    /apisix/admin/routes,           404",
        "PUT,    /apisix/admin/routes/1,         404",
        "GET,    /apisix/admin/plugins/list,     404",
        "POST,   /apisix/admin/configs,          404",
        "PATCH,  /apisix/admin/configs,          404",
        "DELETE, /apisix/admin/configs,          404",
        "GET,    /apisix/admin/configs/validate, 404",
        "PUT,    /apisix/admin/configs/validate, 404",
        "GET,    /apisix/admin/configs/routes,   404",
        "GET,    /apisix/admin/configs,          401",
        "HEAD,   /apisix/admin/configs,          401",
        "PUT,    /apisix/admin/configs,          401",
        "POST,   /apisix/admin/configs/validate, 401",
    })
    void onlyTheDocumentIsThere(String method, String path, int status) {
        var response = server.send(method, path, "", new String[0]);

        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 404) {
            assertThat(response.body()).startsWith("<html>").contains("404 Not Found");
        }
    }

    @Test
    void beforeTheFirstDocumentAllVersionsAreZero() {
        var response = server.send("GET", CONFIGS, "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("""
                {"routes_conf_version":0,"services_conf_version":0,"upstreams_conf_version":0,"consumers_conf_version":0,\
                "ssls_conf_version":0,"global_rules_conf_version":0,"plugin_configs_conf_version":0,\
                "consumer_groups_conf_version":0,"protos_conf_version":0,"secrets_conf_version":0,\
                "stream_routes_conf_version":0,"plugin_metadata_conf_version":0,"plugins_conf_version":0}
                """);
        assertThat(response.headers().firstValue("X-Digest")).isEmpty();
        assertThat(response.headers().firstValue("X-Last-Modified")).isEmpty();
    }

    @Test
    void aDocumentComesBackAsItWasPut() {
        var document = "{\"routes\":[{\"id\":\"2\",\"uri\":\"/b\",\"plugins\":{},\"modifiedIndex\":9}," + ROUTE
                + ",{\"uri\":\"/c\",\"plugins\":{}}],\"services\":[],"
                + "\"consumers\":[{\"username\":\"jack\"},{\"id\":\"jack/credentials/c\",\"plugins\":{\"key-auth\":"
                + "{\"key\":\"k\"}}}],\"secrets\":[{\"id\":\"vault/1\",\"uri\":\"http://v\",\"prefix\":\"p\","
                + "\"token\":\"t\"}],\"plugins\":[{\"name\":\"nope\"}],\"unknown\":1,\"routes_conf_version\":7}";

        var put = put("d1", document);
        var read = server.send("GET", CONFIGS, "");

        assertThat(put.statusCode()).as(put.body()).isEqualTo(202);
        assertThat(put.body()).isEmpty();
        assertThat(put.headers().firstValue("X-Digest")).contains("d1");
        assertThat(put.headers().firstValue("X-Last-Modified")).get().asString().matches("[0-9]{10}");
        assertThat(read.body().replaceFirst("X-Last-Modified\":[0-9]{10}", "X-Last-Modified\":T"))
                .isEqualTo("""
                        {"routes":[{"id":"2","uri":"/b","plugins":{},"modifiedIndex":9},{"id":"1","uri":"/a","plugins":{}},\
                        {"uri":"/c","plugins":{}}],"routes_conf_version":7,"services":[],"services_conf_version":1,\
                        "upstreams_conf_version":1,"consumers":[{"username":"jack"},{"id":"jack/credentials/c",\
                        "plugins":{"key-auth":{"key":"k"}}}],"consumers_conf_version":1,"ssls_conf_version":1,\
                        "global_rules_conf_version":1,"plugin_configs_conf_version":1,"consumer_groups_conf_version":1,\
                        "protos_conf_version":1,"secrets":[{"id":"vault/1","uri":"http://v","prefix":"p","token":"t"}],\
                        "secrets_conf_version":1,"stream_routes_conf_version":1,"plugin_metadata_conf_version":1,\
                        "plugins":[{"name":"nope"}],"plugins_conf_version":1,"X-Last-Modified":T,"X-Digest":"d1"}
                        """);
        assertThat(read.headers().firstValue("X-Digest")).contains("d1");
        assertThat(read.headers().firstValue("X-Last-Modified"))
                .isEqualTo(put.headers().firstValue("X-Last-Modified"));
    }

    @Test
    void yamlGoesInAndComesOut() {
        var put = server.send(
                "PUT",
                CONFIGS,
                "routes:\n- id: 1\n  uri: /a\n  plugins: {}\n",
                "X-API-KEY",
                AdminServer.KEY,
                "X-Digest",
                "y",
                "Content-Type",
                "application/yaml");

        var read = server.send("GET", CONFIGS, "", "X-API-KEY", AdminServer.KEY, "Accept", "application/yaml");

        assertThat(put.statusCode()).as(put.body()).isEqualTo(202);
        assertThat(read.body())
                .startsWith("routes:\n- id: 1\n  uri: /a\n  plugins: {}\nroutes_conf_version: 1\n")
                .endsWith("X-Digest: y\n");
        assertThat(read.headers().firstValue("Content-Type")).contains("application/yaml");
    }

    @Test
    void headHasTheTwoHeadersOnly() {
        var before = server.send("HEAD", CONFIGS, "");
        put("d", "{}");
        var after = server.send("HEAD", CONFIGS, "");

        assertThat(before.statusCode()).isEqualTo(200);
        assertThat(before.headers().firstValue("X-Digest")).isEmpty();
        assertThat(after.body()).isEmpty();
        assertThat(after.headers().firstValue("X-Digest")).contains("d");
        assertThat(after.headers().firstValue("X-Last-Modified")).isPresent();
    }

    @Test
    void theSameDigestChangesNothing() {
        put("d", "{\"routes\":[" + ROUTE + "]}");
        var before = server.send("GET", CONFIGS, "");

        var again = put("d", "{\"routes\":[]}");

        assertThat(again.statusCode()).isEqualTo(204);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("Content-Type")).isEmpty();
        assertThat(again.headers().firstValue("X-Digest")).isEmpty();
        assertThat(again.headers().firstValue("X-Last-Modified")).isEmpty();
        assertThat(server.send("GET", CONFIGS, "").body()).isEqualTo(before.body());
    }

    @Test
    void aDigestIsWantedThoughItMayBeEmpty() {
        var without = server.send("PUT", CONFIGS, "{}");
        var empty = put("", "{}");

        assertThat(without.statusCode()).isEqualTo(400);
        assertThat(without.body()).isEqualTo("{\"error_msg\":\"missing digest header\"}\n");
        assertThat(empty.statusCode()).as(empty.body()).isEqualTo(202);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"routes\":[{\"id\":\"1\",\"uri\":\"/a\",\"plugins\":{}},{\"id\":\"1\",\"uri\":\"/a\",\"plugins\":{}}],\"services\":1} | found duplicate id 1 in routes",
                "{\"routes\":[{\"id\":\"1\",\"uri\":1,\"plugins\":{}},1]} | invalid configuration: property \"uri\" validation failed: wrong type: expected string, got number",
                "{\"routes_conf_version\":\"1\"} | routes_conf_version must be a number",
                "{\"routes_conf_version\":4} | routes_conf_version must be greater than or equal to (5)",
                "{\"routes\":[{\"id\":\"1\",\"uri\":\"/a\",\"plugins\":{},\"modifiedIndex\":\"x\"}]} | invalid configuration: property \"modifiedIndex\" validation failed: wrong type: expected integer, got string",
                "{\"routes\":1} | routes must be an array",
                "1 | document must be an object",
                "{ | invalid request body: Expected object key string but found T_END at character 2",
                "'' | invalid request body: Expected value but found invalid token at character 1",
            })
    void whatIsRefusedLeavesNothing(String document, String message) {
        put("d", "{\"routes\":[" + ROUTE + "],\"routes_conf_version\":5}");
        var before = server.send("GET", CONFIGS, "");

        var refused = put("e", document);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo("{\"error_msg\":\"" + message.replace("\"", "\\\"") + "\"}\n");
        assertThat(server.send("GET", CONFIGS, "").body()).isEqualTo(before.body());
    }

    @Test
    void emptyAndMalformedBodiesAreRefused() {
        var empty = put("d", "");
        var yaml = server.send(
                "PUT",
                CONFIGS,
                "a: [",
                "X-API-KEY",
                AdminServer.KEY,
                "X-Digest",
                "d",
                "Content-Type",
                "application/yaml");

        assertThat(empty.body()).isEqualTo("{\"error_msg\":\"invalid request body: empty request body\"}\n");
        assertThat(yaml.statusCode()).isEqualTo(400);
        assertThat(yaml.body()).isEqualTo("{\"error_msg\":\"invalid request body: invalid yaml request body\"}\n");
    }

    @ParameterizedTest(name = "version {0} after 5: {2}, {1}")
    @CsvSource({
        "\"routes_conf_version\":5, 5, /a",
        "\"routes_conf_version\":6, 6, /b",
        "\"routes_conf_version\":1e3, 1000, /b",
        "\"unknown\":1, 6, /b",
    })
    void versionsDecideWhetherADirectoryIsReplaced(String version, String versionAfter, String uri) {
        put("d", "{\"routes\":[" + ROUTE + "],\"routes_conf_version\":5}");

        var put = put("e", "{\"routes\":[" + ROUTE.replace("/a", "/b") + "]," + version + "}");

        assertThat(put.statusCode()).as(put.body()).isEqualTo(202);
        assertThat(server.send("GET", CONFIGS, "").body())
                .contains("\"uri\":\"" + uri + "\"", "\"routes_conf_version\":" + versionAfter + ",");
    }

    @Test
    void aDirectoryThatIsNotThereAnyMoreIsEmptied() {
        put("d", "{\"routes\":[" + ROUTE + "],\"services\":[{\"id\":\"s\"}],\"plugins\":[{\"name\":\"x\"}]}");

        put("e", "{\"services_conf_version\":1,\"plugins_conf_version\":1}");

        assertThat(server.send("GET", CONFIGS, "").body())
                .doesNotContain("\"routes\":")
                .contains("\"routes_conf_version\":2,\"services\":[{\"id\":\"s\"}],\"services_conf_version\":1,")
                .contains("\"plugins\":[{\"name\":\"x\"}],\"plugins_conf_version\":1,");
    }

    @Test
    void validationKnowsModifiedIndexes() {
        var response = server.send(
                "POST", CONFIGS + "/validate", "{\"routes\":[{\"uri\":\"/a\",\"plugins\":{},\"modifiedIndex\":1}]}");

        assertThat(response.body()).isEqualTo("{}\n");
    }

    @Test
    void whatDoesNotChangeKeepsItsRevision() {
        put("d", "{\"routes\":[" + ROUTE + "],\"services\":[{\"id\":\"s\",\"name\":\"a\",\"modifiedIndex\":1}]}");

        put(
                "e",
                "{\"routes\":[{\"plugins\":{},\"id\":\"1\",\"uri\":\"/a\"},{\"id\":\"2\",\"uri\":\"/b\",\"plugins\":{}}],"
                        + "\"services\":[{\"id\":\"s\",\"name\":\"b\",\"modifiedIndex\":1}]}");

        var kept = revisions();
        put("f", "{\"routes\":[" + ROUTE + "],\"services\":[{\"id\":\"s\",\"name\":\"b\",\"modifiedIndex\":2}]}");
        var moved = revisions();
        assertThat(kept.get("routes/1")).isLessThan(kept.get("routes/2"));
        assertThat(kept.get("services/s")).isEqualTo(kept.get("routes/1"));
        assertThat(moved).doesNotContainKey("routes/2").containsEntry("routes/1", kept.get("routes/1"));
        assertThat(moved.get("services/s")).isGreaterThan(kept.get("routes/2"));
    }

    @Test
    void aDocumentOfThousandsOfResourcesIsOneRevision() {
        var routes = IntStream.range(0, 5_000)
                .mapToObj(i -> "{\"id\":\"" + i + "\",\"uri\":\"/" + i + "\",\"plugins\":{}}")
                .collect(Collectors.joining(","));

        var put = put("d", "{\"routes\":[" + routes + "]}");

        assertThat(put.statusCode()).as(put.body()).isEqualTo(202);
        assertThat(revisions().values()).hasSize(5_000).allMatch(each -> each.equals(server.revision()));
    }

    @Test
    void whatIsTooLargeForOneTransactionIsRefused() {
        var protos = IntStream.range(0, 30)
                .mapToObj(i -> "{\"id\":\"" + i + "\",\"content\":\"// " + "x".repeat(52_000) + "\"}")
                .collect(Collectors.joining(","));

        var put = put("d", "{\"protos\":[" + protos + "]}");

        assertThat(put.statusCode()).isEqualTo(400);
        assertThat(put.body()).contains("too many changes at once", "expected: at most 1500000");
        assertThat(server.send("GET", CONFIGS, "").body()).doesNotContain("\"protos\"");
    }

    @Test
    void ofDocumentsPutAtOnceEachIsLaidOverTheOneBefore() {
        var statuses = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i ->
                        put("d" + i, "{\"services\":[{\"id\":\"s" + i + "\"}]}").statusCode())
                .toList();

        var written = statuses.stream().filter(status -> status == 202).count();
        assertThat(statuses).isSubsetOf(202, 503).contains(202);
        assertThat(revisions()).hasSize(1);
        assertThat(server.send("GET", CONFIGS, "").body()).contains("\"services_conf_version\":" + written + ",");
    }

    @Test
    void theDocumentSurvivesARestart() throws InterruptedException {
        put("d", "{\"routes\":[" + ROUTE + "]}");
        var before = server.send("GET", CONFIGS, "");

        stop();
        start();

        assertThat(server.send("GET", CONFIGS, "").body()).isEqualTo(before.body());
        assertThat(put("d", "{}").statusCode()).isEqualTo(204);
    }

    @Test
    void whatLiesInTheStoreAlreadyIsInTheDocument() throws InterruptedException {
        stop();
        var resources = store.open(folder);
        resources.send("PUT", "/apisix/admin/services/old", "{}");
        resources.close();
        start();

        var found = server.send("GET", CONFIGS, "");
        put("d", "{\"services\":[],\"services_conf_version\":0}");
        var kept = server.send("GET", CONFIGS, "");
        put("e", "{\"services\":[]}");
        var replaced = server.send("GET", CONFIGS, "");

        assertThat(found.body()).contains("\"services\":[{\"id\":\"old\",");
        assertThat(kept.body()).contains("\"services\":[{\"id\":\"old\",");
        assertThat(replaced.body()).contains("\"services\":[],");
    }

    private Map<String, Long> revisions() {
        return server.entries().stream()
                .filter(entry -> !entry.path().startsWith("suimon/"))
                .collect(Collectors.toMap(entry -> entry.path(), entry -> entry.modRevision()));
    }

    private HttpResponse<String> put(String digest, String document) {
        return server.send("PUT", CONFIGS, document, "X-API-KEY", AdminServer.KEY, "X-Digest", digest);
    }
}
