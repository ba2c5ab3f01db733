package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.suimon.engine.resource.ResourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the document says of the API is true of the API. */
class OpenApiDocumentTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> METHODS = List.of("PUT", "GET", "PATCH", "POST", "DELETE");

    /** A body of each kind that is accepted, and the id it is stored under. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("routes", "{\"uri\":\"/a\",\"plugins\":{}}"),
            Map.entry("services", "{}"),
            Map.entry("upstreams", "{\"nodes\":{\"127.0.0.1:80\":1}}"),
            Map.entry("consumers", "{\"username\":\"x\"}"),
            Map.entry("credentials", "{\"plugins\":{\"key-auth\":{\"key\":\"open-api\"}}}"),
            Map.entry("consumer_groups", "{\"plugins\":{}}"),
            Map.entry("plugin_configs", "{\"plugins\":{}}"),
            Map.entry("global_rules", "{\"plugins\":{}}"),
            Map.entry("plugin_metadata", "{}"),
            Map.entry("protos", "{\"content\":\"syntax = \\\"proto3\\\";\"}"),
            Map.entry("secrets", "{\"uri\":\"http://v\",\"prefix\":\"p\",\"token\":\"t\"}"),
            Map.entry("stream_routes", "{\"upstream\":{\"nodes\":{\"127.0.0.1:80\":1}}}"),
            Map.entry("ssls", "CERTIFICATE"));

    /** Methods on a path beside those the document names are told what is missing, never carried out. */
    private static final Set<Integer> NOT_CARRIED_OUT = Set.of(400, 404, 405);

    @TempDir
    static Path folder;

    private static String certificate;
    private static JsonNode document;
    private static AdminServer server;

    @BeforeAll
    static void start() throws InterruptedException, IOException, GeneralSecurityException {
        var certificates = new TestCertificates(folder).sign("server");
        certificate = JSON.createObjectNode()
                .put("sni", "a.com")
                .put("cert", Files.readString(certificates.certificate("server", "server.pem")))
                .put("key", Files.readString(certificates.key("server", "server.key")))
                .toString();
        server = new AdminServer(folder);
        document = JSON.readTree(server.openApi());
        server.send("PUT", "/apisix/admin/consumers", "{\"username\":\"owner\"}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<String> paths() {
        return document.path("paths").properties().stream().map(Map.Entry::getKey);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void whatItNamesIsThereAndNothingElse(String path) {
        var wrong = new ArrayList<String>();
        for (var method : METHODS) {
            var operation = document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
            var tag = document.path("paths").path(path).findPath("tags").path(0).asText();
            create(path, tag);

            var answer = server.send(method, concrete(path, tag), body(method, path, tag));

            boolean isThere = answer.statusCode() != 404 && answer.statusCode() != 405;
            boolean asSaid = operation.isMissingNode() ? NOT_CARRIED_OUT.contains(answer.statusCode()) : isThere;
            if (!asSaid) {
                wrong.add(method + " " + answer.statusCode() + " " + answer.body());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"SECRET", "PLUGIN_METADATA"},
            mode = EnumSource.Mode.EXCLUDE)
    void bodiesAreDescribedByTheSchemasThatJudgeThem(ResourceKind kind) throws IOException {
        var name = kind.word().replace(' ', '_');

        var shown = server.send("GET", "/apisix/admin/schema/" + name, "");

        assertThat(document.at("/components/schemas/" + name)).isEqualTo(JSON.readTree(shown.body()));
    }

    @Test
    void everyPluginIsDescribed() throws IOException {
        var names = JSON.readTree(
                server.send("GET", "/apisix/admin/plugins/list", "").body());

        assertThat(names)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(document.at("/components/schemas/plugin." + name.asText()))
                        .isEqualTo(JSON.readTree(server.send("GET", "/apisix/admin/plugins/" + name.asText(), "")
                                .body())));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        var references = document.findValuesAsText("$ref");

        assertThat(references)
                .contains("#/components/schemas/route", "#/components/schemas/secret_aws")
                .filteredOn(reference -> reference.startsWith("#/components"))
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .isFalse());
    }

    @Test
    void whereTheConfigurationIsADocumentThatIsAllThereIs() throws InterruptedException, IOException {
        try (var configs = new AdminServer(folder.resolve("configs"), Map.of("suimon.admin.mode", "configs"))) {

            var paths = JSON.readTree(configs.openApi()).path("paths");

            assertThat(paths.fieldNames())
                    .toIterable()
                    .filteredOn(path -> path.startsWith("/apisix"))
                    .containsExactlyInAnyOrder("/apisix/admin/configs", "/apisix/admin/configs/validate");
            assertThat(paths.path("/apisix/admin/configs").fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("get", "head", "put");
            assertThat(configs.send("HEAD", "/apisix/admin/configs", "").statusCode())
                    .isEqualTo(200);
            assertThat(configs.send("GET", "/apisix/admin/configs", "").statusCode())
                    .isEqualTo(200);
            assertThat(configs.send("PUT", "/apisix/admin/configs", "{}").body())
                    .contains("missing digest header");
            assertThat(configs.send("POST", "/apisix/admin/configs/validate", "{}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** Makes sure that a resource is there to be read, patched and deleted. */
    private static void create(String path, String tag) {
        if (BODIES.containsKey(tag) && path.endsWith("{id}")) {
            server.send("PUT", concrete(path, tag), body("PUT", path, tag));
        }
    }

    private static String concrete(String path, String tag) {
        return path.replace("{username}", "owner")
                        .replace("{manager}", "vault")
                        .replace("{id}", tag.equals("plugin_metadata") ? "cors" : "x")
                        .replace("{name}", path.contains("plugins") ? "cors" : "route")
                        .replace("{resource}", "routes")
                        .replace("{revision}", "1")
                + (path.endsWith("/plugins") && path.startsWith("/apisix") ? "?all=true" : "");
    }

    private static String body(String method, String path, String tag) {
        if (method.equals("GET") || method.equals("DELETE")) {
            return "";
        }
        var body = BODIES.getOrDefault(tag, "{}").replace("CERTIFICATE", certificate);
        return method.equals("PUT") && !path.endsWith("{id}") && body.startsWith("{\"")
                ? "{\"id\":\"y\"," + body.substring(1)
                : body;
    }
}
