package io.suimon.dataplane.control;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.util.Map;

/** The pages below {@code /v1/healthcheck}. */
final class HealthPages {

    static final String PATH = "/v1/healthcheck";

    private static final Map<String, ResourceKind> SOURCES = Map.of(
            "routes", ResourceKind.ROUTE,
            "services", ResourceKind.SERVICE,
            "upstreams", ResourceKind.UPSTREAM,
            "stream_routes", ResourceKind.STREAM_ROUTE);

    private final HealthDirectory directory;

    HealthPages(HealthDirectory directory) {
        this.directory = directory;
    }

    /** All checkers, for a browser or for a program. */
    ControlReply all(boolean html) {
        var all = directory.all();
        return html ? ControlReply.html(HealthTable.of(all)) : ControlReply.json(200, HealthJson.of(all));
    }

    /** @param path what follows {@link #PATH} and a slash */
    ControlReply one(String path) {
        int slash = path.indexOf('/');
        var type = slash < 0 ? path : path.substring(0, slash);
        var id = slash < 0 ? "" : path.substring(slash + 1);
        var kind = SOURCES.get(type);
        if (kind == null) {
            return refused(400, "invalid src type " + type);
        }
        if (id.isEmpty()) {
            return refused(404, "missing src id for src type " + type);
        }
        var key = new ResourceKey(kind, id);
        var found = directory.of(key);
        if (found != null) {
            return ControlReply.json(200, HealthJson.of(found).toString());
        }
        return refused(
                404,
                directory.exists(key)
                        ? "no checker for %s[%s]".formatted(type, id)
                        : "%s[%s] not found".formatted(type, id));
    }

    private static ControlReply refused(int status, String message) {
        var error = JsonNodeFactory.instance.objectNode().put("error_msg", message);
        return ControlReply.json(status, error.toString());
    }
}
