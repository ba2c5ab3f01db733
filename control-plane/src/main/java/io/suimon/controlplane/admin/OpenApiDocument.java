package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginEntry;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.ResourceParser;
import io.suimon.engine.schema.JsonSchema;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The Admin API as an OpenAPI document, made of what the API itself goes by: the kinds, {@link KindRules}, and the schemas that bodies
 * are validated with. Immutable.
 */
@Singleton
public final class OpenApiDocument {

    private static final String ROOT = "/apisix/admin/";

    /** What may be asked of a whole folder of a kind, where the kind allows it. */
    private static final Set<String> ON_FOLDER = Set.of("GET", "PUT", "POST");

    private static final Set<String> ON_ONE = Set.of("GET", "PUT", "PATCH", "DELETE");

    private final byte[] json;

    OpenApiDocument(PluginCatalog catalog, AdminConfig config) {
        var document = Json.newObject().put("openapi", "3.1.0");
        document.putObject("info").put("title", "Suimon Admin API").put("version", "3.18.0");
        document.put("jsonSchemaDialect", "http://json-schema.org/draft-07/schema#");
        security(document);
        var paths = document.putObject("paths");
        switch (config.mode()) {
            case RESOURCES -> {
                for (var kind : ResourceKind.values()) {
                    resources(paths, kind);
                }
                OtherOperations.describe(paths);
            }
            case CONFIGS -> OtherOperations.describeDocument(paths);
        }
        OtherOperations.describeInBothModes(paths);
        var schemas = document.withObject("/components").putObject("schemas");
        for (var kind : ResourceKind.values()) {
            schemasOf(kind)
                    .forEach(name -> schemas.set(
                            name,
                            JsonSchema.load(ResourceParser.class, "schema/" + name + ".json")
                                    .json()));
        }
        catalog.entries().forEach(entry -> plugin(schemas, entry));
        this.json = Json.bytes(document);
    }

    /** The document as JSON in UTF-8. */
    public byte[] json() {
        return json.clone();
    }

    /** A key may come in three places. */
    private static void security(ObjectNode document) {
        var schemes = document.putObject("components").putObject("securitySchemes");
        scheme(schemes, "header", "X-API-KEY");
        scheme(schemes, "query", "api_key");
        scheme(schemes, "cookie", "x_api_key");
        var security = document.putArray("security");
        schemes.fieldNames().forEachRemaining(name -> security.addObject().putArray(name));
    }

    private static void scheme(ObjectNode schemes, String in, String name) {
        schemes.putObject(in).put("type", "apiKey").put("in", in).put("name", name);
    }

    private static void resources(ObjectNode paths, ResourceKind kind) {
        var folder = switch (kind) {
            case CREDENTIAL -> ROOT + "consumers/{username}/credentials";
            case ROUTE,
                    SERVICE,
                    UPSTREAM,
                    CONSUMER,
                    CONSUMER_GROUP,
                    PLUGIN_CONFIG,
                    GLOBAL_RULE,
                    PLUGIN_METADATA,
                    SSL,
                    PROTO,
                    SECRET,
                    STREAM_ROUTE -> ROOT + kind.directory();
        };
        var one = kind == ResourceKind.SECRET ? folder + "/{manager}/{id}" : folder + "/{id}";
        for (var method : new TreeSet<>(KindRules.of(kind).methods())) {
            if (ON_FOLDER.contains(method) && !(method.equals("PUT") && needsPath(kind))) {
                operation(paths, folder, method, kind);
            }
            if (ON_ONE.contains(method)) {
                operation(paths, one, method, kind);
            }
        }
    }

    /** Whether a body cannot say which resource it is. */
    private static boolean needsPath(ResourceKind kind) {
        return kind == ResourceKind.SECRET || kind == ResourceKind.PLUGIN_METADATA;
    }

    private static void operation(ObjectNode paths, String path, String method, ResourceKind kind) {
        var operation = Operations.add(paths, path, method, kind.directory());
        switch (method) {
            case "PUT", "POST" -> body(operation, kind);
            case "PATCH" ->
                Operations.body(operation, Json.newObject().put("type", "object"))
                        .put("description", "merged into the resource, member by member; null removes a member");
            default -> {
                // Neither GET nor DELETE has a body.
            }
        }
        Operations.query(operation, method, path.endsWith("{id}"));
    }

    private static void body(ObjectNode operation, ResourceKind kind) {
        var names = schemasOf(kind);
        if (names.size() == 1) {
            Operations.body(operation, reference(names.getFirst()));
            return;
        }
        var choice = Json.newObject();
        var alternatives = choice.putArray("anyOf");
        names.forEach(name -> alternatives.add(reference(name)));
        Operations.body(operation, choice);
    }

    private static ObjectNode reference(String schema) {
        return Json.newObject().put("$ref", "#/components/schemas/" + schema);
    }

    /** The files a kind's values are validated with. */
    private static List<String> schemasOf(ResourceKind kind) {
        return kind == ResourceKind.SECRET
                ? List.of("secret_vault", "secret_aws", "secret_gcp")
                : List.of(kind.name().toLowerCase(Locale.ROOT));
    }

    private static void plugin(ObjectNode schemas, PluginEntry entry) {
        var name = entry.plugin().name();
        schemas.set("plugin." + name, entry.schema().json());
        entry.consumerSchema().ifPresent(schema -> schemas.set("plugin." + name + ".consumer", schema.json()));
        entry.metadataSchema().ifPresent(schema -> schemas.set("plugin." + name + ".metadata", schema.json()));
    }
}
