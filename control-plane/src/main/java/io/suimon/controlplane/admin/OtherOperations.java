package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import java.util.List;

/** The operations that are not about resources, for the OpenAPI document. */
final class OtherOperations {

    private OtherOperations() {}

    static void describe(ObjectNode paths) {
        var all = Operations.add(paths, "/apisix/admin/plugins", "GET", "plugins");
        Operations.parameter(all, "query", "all").put("required", true);
        Operations.add(paths, "/apisix/admin/plugins/list", "GET", "plugins");
        Operations.add(paths, "/apisix/admin/plugins/reload", "PUT", "plugins");
        var plugin = Operations.add(paths, "/apisix/admin/plugins/{name}", "GET", "plugins");
        Operations.parameter(plugin, "query", "subsystem");
        Operations.parameter(plugin, "query", "schema_type");
        Operations.add(paths, "/apisix/admin/schema/{name}", "GET", "schemas");
        Operations.add(paths, "/apisix/admin/schema/plugins/{name}", "GET", "schemas");
        Operations.body(
                Operations.add(paths, "/apisix/admin/schema/validate/{resource}", "POST", "schemas"),
                Json.newObject().put("type", "object"));
    }

    static void describeDocument(ObjectNode paths) {
        Operations.add(paths, "/apisix/admin/configs", "GET", "configs");
        Operations.add(paths, "/apisix/admin/configs", "HEAD", "configs");
        var put = Operations.add(paths, "/apisix/admin/configs", "PUT", "configs");
        Operations.parameter(put, "header", "X-Digest").put("required", true);
        List.of("wait", "min", "timeout").forEach(name -> Operations.parameter(put, "query", name));
        Operations.body(put, Json.newObject().put("type", "object"));
    }

    static void describeInBothModes(ObjectNode paths) {
        Operations.body(
                Operations.add(paths, "/apisix/admin/configs/validate", "POST", "configs"),
                Json.newObject().put("type", "object"));
        Operations.add(paths, "/suimon/v1/nodes", "GET", "suimon");
        Operations.add(paths, "/suimon/v1/plugins", "GET", "suimon");
        Operations.add(paths, "/suimon/v1/secrets", "GET", "suimon");
        Operations.add(paths, "/suimon/v1/store", "GET", "suimon");
        Operations.add(paths, "/suimon/v1/store:accept", "POST", "suimon");
        Operations.add(paths, "/suimon/v1/revisions/{revision}/propagation", "GET", "suimon");
    }
}
