package io.suimon.controlplane.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Plugins, those that are not built among them, as the Admin API shows and checks them. */
@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnumSource(TestStore.class)
class AdminPluginsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "this is a mark for our injected plugin schema";

    /** The start is told. */
    @Parameter
    @Nullable
    TestStore given;

    private AdminServer server;

    @BeforeParameterizedClassInvocation
    void start(TestStore store, @TempDir Path folder) throws InterruptedException {
        server = store.open(folder);
        server.send("PUT", "/apisix/admin/consumers", "{\"username\":\"keeper\"}");
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvFileSource(resources = "plugin-refusals.csv", delimiter = '|', quoteCharacter = '~', maxCharsPerColumn = 20_000)
    void wrongConfigurationsAreRefusedInApisixsWords(String path, String body, String message) {
        var response = server.send("PUT", "/apisix/admin" + path, body);

        assertThat(json(response).path("error_msg").asText()).isEqualTo(message);
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            /routes/kept         | {"uri":"/a","plugins":{"jwe-decrypt":{"header":1,"_meta":{"disable":true}}}}
            /consumers/off       | {"username":"off","plugins":{"wolf-rbac":{"_meta":{"disable":true}}}}
            /consumers/keeper/credentials/off | {"plugins":{"jwe-decrypt":{"_meta":{"disable":true}}}}
            /stream_routes/kept  | {"plugins":{"mqtt-proxy":{"_meta":{"disable":true}}}}
            /plugin_metadata/datadog | {"host":"127.0.0.1","port":8125}
            /plugin_metadata/gzip | {"anything":1}
            """)
    void whatWouldNotRunAnywayMayBeStored(String path, String body) {
        var response = server.send("PUT", "/apisix/admin" + path, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    @Test
    void whatIsDisabledCannotBeEnabledWithoutBeingBuilt() {
        var body = "{\"uri\":\"/a\",\"plugins\":{\"ext-plugin-pre-req\":{\"_meta\":{\"disable\":true}}}}";
        server.send("PUT", "/apisix/admin/routes/switched", body);

        var enabled = server.send(
                "PATCH",
                "/apisix/admin/routes/switched",
                "{\"plugins\":{\"ext-plugin-pre-req\":{\"_meta\":{\"disable\":false}}}}");

        assertThat(enabled.statusCode()).isEqualTo(400);
        assertThat(enabled.body()).contains("plugin [ext-plugin-pre-req] is known but not built");
    }

    @Test
    void metadataMayHaveTheMemberAConfigurationLacks() {
        server.send("PUT", "/apisix/admin/plugin_metadata/file-logger", "{\"path\":\"/tmp/log\"}");

        var response =
                server.send("PUT", "/apisix/admin/routes/log", "{\"uri\":\"/a\",\"plugins\":{\"file-logger\":{}}}");

        server.send("DELETE", "/apisix/admin/plugin_metadata/file-logger", "");
        assertThat(response.body()).contains("plugin [file-logger] is known but not built");
    }

    @ParameterizedTest(name = "{0} {1} -> {2} {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            GET    | /plugins/mqtt-proxy                        | 404 | v3 | {"error_msg":"plugin not found in subsystem http"}
            GET    | /plugins/cors?subsystem=stream             | 404 | v3 | {"error_msg":"plugin not found in subsystem stream"}
            GET    | /plugins/gzip?subsystem=x                  | 400 | v3 | {"error_msg":"unsupported subsystem: x"}
            GET    | /plugins/gzip?schema_type=consumer         | 400 | v3 | {"error_msg":"not found schema"}
            GET    | /schema/plugins                            | 404 | v3 | {"error_msg":"plugin not found in subsystem http"}
            GET    | /plugins?all=true&subsystem=x              | 400 | v3 | {"error_msg":"unsupported subsystem: x"}
            GET    | /plugins?all=false                         | 404 | v3 | {"error_msg":"plugin not found in subsystem http"}
            GET    | /plugins/list?subsystem=stream             | 200 |    | []
            GET    | /plugins/hmac-auth?schema_type=consumer    | 200 | v3 | {"encrypt_fields":["secret_key"],"properties":{"key_id":{"maxLength":256,"minLength":1,"type":"string"},"secret_key":{"maxLength":256,"minLength":1,"type":"string"}},"required":["key_id","secret_key"],"title":"work with consumer object","type":"object"}
            POST   | /plugins/gzip                              | 404 |    | {"error_msg":"not found"}
            PUT    | /schema/plugins/gzip                       | 404 |    | {"error_msg":"not found"}
            POST   | /schema/validate/plugins                   | 404 |    | {"error_msg":"Unsupported resource type: plugins"}
            GET    | /plugins/reload                            | 405 |    | {"error_msg":"please use PUT method to reload the plugins, GET method is not allowed."}
            POST   | /plugins/reload                            | 405 |    | {"error_msg":"please use PUT method to reload the plugins, POST method is not allowed."}
            PATCH  | /plugins/reload                            | 405 |    | {"error_msg":"please use PUT method to reload the plugins, PATCH method is not allowed."}
            DELETE | /plugins/reload                            | 405 |    | {"error_msg":"please use PUT method to reload the plugins, DELETE method is not allowed."}
            """)
    void theEndpointsAnswerAsApisixs(String method, String path, int status, String version, String body) {
        var response = server.send(method, "/apisix/admin" + path, "");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body + "\n");
        assertThat(response.headers().firstValue("X-API-VERSION")).isEqualTo(Optional.ofNullable(version));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/plugins/gzip",
                "/schema/plugins/gzip",
                "/plugins/gzip?schema_type=other",
                "/plugins/mqtt-proxy?subsystem=stream",
                "/plugins/datadog?schema_type=metadata",
                "/plugins/gzip?schema_type=metadata"
            })
    void schemasOfUnbuiltPluginsAreShown(String path) {
        var response = server.send("GET", "/apisix/admin" + path, "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-API-VERSION")).contains("v3");
        assertThat(json(response).path("$comment").asText()).isEqualTo(MARK);
        assertThat(json(response).at("/properties/_meta").isObject()).isTrue();
    }

    @Test
    void theListKnowsTwoSubsystems() {
        var response = server.send("GET", "/apisix/admin/plugins/list?subsystem=x", "");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("invalid subsystem passed\n");
    }

    @Test
    void allPluginsAreDescribedBuiltOrNot() {
        var all = json(server.send("GET", "/apisix/admin/plugins?all=true", ""));
        var stream = json(server.send("GET", "/apisix/admin/plugins?all=true&subsystem=stream", ""));

        assertThat(all).hasSize(119);
        assertThat(names(all.path("cors"))).containsExactly("version", "priority", "schema", "metadata_schema");
        assertThat(names(all.path("basic-auth")))
                .containsExactly("version", "priority", "schema", "consumer_schema", "type");
        assertThat(all.at("/batch-requests/scope").asText()).isEqualTo("global");
        assertThat(all.at("/request-validation/type").asText()).isEqualTo("validation");
        assertThat(all.at("/ai-proxy/version").asDouble()).isEqualTo(0.5);
        assertThat(all.at("/real-ip/priority").asInt()).isEqualTo(23_000);
        assertThat(names(stream))
                .containsExactlyInAnyOrder("ip-restriction", "limit-conn", "mqtt-proxy", "syslog", "traffic-split");
    }

    @Test
    void suimonSaysWhichPluginsAreBuilt() {
        var plugins = json(server.send("GET", "/suimon/v1/plugins", "")).path("plugins");

        assertThat(plugins).hasSize(124);
        assertThat(plugins)
                .filteredOn(plugin -> plugin.path("name").asText().equals("wolf-rbac"))
                .extracting(JsonNode::toString)
                .containsExactly("{\"name\":\"wolf-rbac\",\"subsystem\":\"http\",\"built\":false,\"priority\":2555,"
                        + "\"version\":0.1,\"auth\":true,\"phases\":[]}");
        assertThat(plugins)
                .filteredOn(plugin -> plugin.path("name").asText().equals("cors"))
                .extracting(JsonNode::toString)
                .containsExactly("{\"name\":\"cors\",\"subsystem\":\"http\",\"built\":true,\"priority\":4000,"
                        + "\"version\":0.1,\"auth\":false,\"phases\":[\"rewrite\",\"response\"]}");
    }

    @Test
    void theListNamesThoseThatAreBuilt() {
        var list = json(server.send("GET", "/apisix/admin/plugins/list", ""));

        var all = json(server.send("GET", "/apisix/admin/plugins?all=true", ""));
        var built = json(server.send("GET", "/suimon/v1/plugins", "")).path("plugins");
        assertThat(list)
                .extracting(plugin -> all.path(plugin.asText()).path("priority").asInt())
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(list)
                .extracting(JsonNode::asText)
                .contains("request-id")
                .containsExactlyElementsOf(StreamSupport.stream(built.spliterator(), false)
                        .filter(plugin -> plugin.path("built").asBoolean())
                        .map(plugin -> plugin.path("name").asText())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "route",
                "service",
                "upstream",
                "consumer",
                "credential",
                "consumer_group",
                "plugin_config",
                "global_rule",
                "ssl",
                "proto",
                "stream_route",
                "id_schema",
                "host_def",
                "ip_def",
                "label_value_def",
                "method_schema",
                "health_checker",
                "health_checker_active",
                "health_checker_passive",
                "upstream_hash_vars_schema",
                "upstream_hash_header_schema",
                "upstream_hash_vars_combinations_schema",
                "plugin_injected_schema",
                "uri_def",
                "anonymous_consumer_schema",
            })
    void schemasHaveTheseNames(String name) {
        var response = server.send("GET", "/apisix/admin/schema/" + name, "");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response).isObject()).isTrue();
        assertThat(response.headers().firstValue("X-API-VERSION")).contains("v3");
    }

    @Test
    void validatingASchemaLooksIntoNoPlugin() {
        var response = server.send(
                "POST",
                "/apisix/admin/schema/validate/routes",
                "{\"uri\":\"/a\",\"plugins\":{\"basic-auth\":{\"x\":1}}}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void reloadWritesTheListWhereApisixsNodesReadIt() {
        var response = server.send("PUT", "/apisix/admin/plugins/reload", "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("done\n");
        assertThat(response.headers().firstValue("X-API-VERSION")).isEmpty();
        assertThat(server.stored("plugins"))
                .startsWith("[{\"name\":\"")
                .contains("},{\"name\":\"cors\"},{")
                .doesNotContain("wolf-rbac");
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(response.body(), e);
        }
    }
}
