package io.suimon.controlplane.admin;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestStore.class)
class AdminSettingsTest {

    @TempDir
    Path folder;

    private final TestStore store;

    AdminSettingsTest(TestStore store) {
        this.store = store;
    }

    @Test
    void pagesOfOtherOriginsAreNotLetInWhereCorsIsOff() throws InterruptedException {
        try (var server = server(Map.of("cors", "false"))) {
            var read = server.send("GET", "/apisix/admin/routes", "");
            var preflight = server.send("OPTIONS", "/apisix/admin/routes", "", new String[0]);

            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(preflight.statusCode()).isEqualTo(404);
            assertThat(read.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
            assertThat(preflight.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        }
    }

    @Test
    void theServerSaysTheNameThatIsSet() throws InterruptedException {
        try (var server = server(Map.of("server-header", "APISIX"))) {
            var answer = server.send("GET", "/apisix/admin/routes", "");

            assertThat(answer.headers().firstValue("Server")).contains("APISIX");
        }
    }

    @Test
    void strangersGetThePageOfAServerThatKnowsNothing() throws InterruptedException {
        try (var server = server(Map.of("allow", "10.0.0.0/8"))) {
            var answer = server.send("GET", "/apisix/admin/routes", "");

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).startsWith("<html>").contains("403 Forbidden");
            assertThat(answer.headers().firstValue("Server")).contains("openresty");
            assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
            assertThat(server.metrics
                            .get("suimon.admin.denied")
                            .tag("reason", "address")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {"", "X-API-KEY=", "X-API-KEY=wrong", "X-API-KEY=" + AdminServer.VIEWER, "Cookie=x_api_key=wrong"
            })
    void nobodyNeedsAKeyWhereNoneIsRequired(String header) throws InterruptedException {
        try (var server = server(Map.of("key-required", "false"))) {
            var headers = header.isEmpty() ? new String[0] : header.split("=", 2);

            var written = server.send("PUT", "/apisix/admin/services/1", "{}", headers);
            var read = server.send("GET", "/apisix/admin/services/1?api_key=wrong", "", headers);
            var validated = server.send("POST", "/apisix/admin/schema/validate/services", "{}", headers);
            var unknown = server.send("GET", "/apisix/admin/nope", "", headers);

            assertThat(written.statusCode()).isEqualTo(201);
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(validated.statusCode()).isEqualTo(200);
            assertThat(unknown.body()).isEqualTo("{\"error_msg\":\"Unsupported resource type: nope\"}\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "POST", "PATCH", "DELETE"})
    void streamRoutesAreRefusedWhereThereAreNone(String method) throws InterruptedException {
        try (var server = server(Map.of("stream-routes", "false"))) {
            var answer = server.send(method, "/apisix/admin/stream_routes/1", "");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .isEqualTo("{\"error_msg\":\"stream mode is disabled, can not add stream routes\"}\n");
            assertThat(answer.headers().firstValue("X-API-VERSION")).contains("v3");
        }
    }

    @Test
    void answersHaveTheLegacyShapeWhereItIsSet() throws InterruptedException {
        try (var server = server(Map.of("api-version", "v2"))) {
            assertThat(body(server.send("GET", "/apisix/admin/services", "")))
                    .isEqualTo("{'action':'get','node':{'key':'/apisix/services','dir':true,'nodes':[]}}");
            assertThat(body(server.send("PUT", "/apisix/admin/services/1", "{}")))
                    .isEqualTo("{'action':'set','node':{'key':'/apisix/services/1','value':{'id':'1',T}}}");
            assertThat(body(server.send("PATCH", "/apisix/admin/services/1", "{}")))
                    .isEqualTo("{'action':'compareAndSwap','node':{'key':'/apisix/services/1','value':{'id':'1',T}}}");
            assertThat(body(server.send("GET", "/apisix/admin/services/1", "")))
                    .isEqualTo("{'action':'get','node':{'key':'/apisix/services/1','value':{'id':'1',T}}}");
            assertThat(body(server.send("GET", "/apisix/admin/services?page=1&page_size=1&name=zzz", "")))
                    .isEqualTo(
                            "{'action':'get','node':{'key':'/apisix/services','dir':true,'nodes':["
                                    + "{'key':'/apisix/services/1','value':{'id':'1',T},'createdIndex':N,'modifiedIndex':N}]}}");
            assertThat(body(server.send("POST", "/apisix/admin/services", "{}")))
                    .startsWith("{'action':'create','node':{'key':'/apisix/services/0000");
            assertThat(body(server.send("DELETE", "/apisix/admin/services/1", "")))
                    .isEqualTo("{'action':'delete','key':'/apisix/services/1','deleted':'1','node':{}}");
        }
    }

    @Test
    void errorsAreTheSameInTheLegacyShape() throws InterruptedException {
        try (var server = server(Map.of("api-version", "v2"))) {
            var absent = server.send("GET", "/apisix/admin/services/1", "");
            var schema = server.send("GET", "/apisix/admin/schema/route", "");

            assertThat(absent.statusCode()).isEqualTo(404);
            assertThat(absent.body()).isEqualTo("{\"message\":\"Key not found\"}\n");
            assertThat(absent.headers().firstValue("X-API-VERSION")).contains("v2");
            assertThat(schema.headers().firstValue("X-API-VERSION")).contains("v2");
        }
    }

    private AdminServer server(Map<String, String> settings) throws InterruptedException {
        var all = new HashMap<String, String>();
        settings.forEach((name, value) -> all.put("suimon.admin." + name, value));
        return store.open(folder, all);
    }

    /** With quotes that are easier on the eyes, and without what changes. */
    private static String body(HttpResponse<String> response) {
        return response.body()
                .replaceAll("\"create_time\":[0-9]+,\"update_time\":[0-9]+", "T")
                .replaceAll("Index\":[0-9]+", "Index\":N")
                .replace('"', '\'')
                .strip();
    }
}
