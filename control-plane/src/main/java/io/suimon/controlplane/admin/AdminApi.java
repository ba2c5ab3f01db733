package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.controlplane.json.InvalidJsonException;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.mirror.Mirror;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * The Admin API as a function from requests to answers: finds the endpoint, and parses the body for it.
 *
 * <p>Thread-safe; calls block.
 */
@Singleton
public final class AdminApi {

    static final int MAX_BODY = 1_572_864;

    /** Requests whose kind is not one of these endpoints are about resources. */
    private static final Set<String> RESOURCE_METHODS = Set.of("GET", "PUT", "POST", "PATCH", "DELETE");

    private final Mirror mirror;
    private final ResourceDialect resources;
    private final PluginsEndpoint plugins;
    private final SchemaEndpoint schemas;
    private final ConfigsEndpoint configs;
    private final SuimonEndpoint suimon;
    private final Receipts receipts;

    AdminApi(
            Mirror mirror,
            ResourceDialect resources,
            PluginsEndpoint plugins,
            SchemaEndpoint schemas,
            ConfigsEndpoint configs,
            SuimonEndpoint suimon,
            Receipts receipts) {
        this.mirror = mirror;
        this.resources = resources;
        this.plugins = plugins;
        this.schemas = schemas;
        this.configs = configs;
        this.suimon = suimon;
        this.receipts = receipts;
    }

    /** Answers one request; how long that may take is bounded by the store's deadlines. */
    AdminAnswer handle(AdminRequest request) throws InterruptedException {
        var answer = stamped(resources.named(receipts.around(request, () -> dispatch(request))));
        var stale = mirror.stale();
        return stale.isPresent() ? answer.with("X-Suimon-Stale", headerText(stale.get())) : answer;
    }

    /** An answer to an authorised caller says which revision it speaks of. */
    AdminAnswer stamped(AdminAnswer answer) {
        return answer.headers().containsKey("X-Suimon-Revision")
                ? answer
                : answer.with("X-Suimon-Revision", Long.toString(mirror.view().revision()));
    }

    private AdminAnswer dispatch(AdminRequest request) throws InterruptedException {
        if (request.area() == AdminRequest.Area.SUIMON) {
            return suimon.handle(request);
        }
        if (configs.serves(request)) {
            return configs.handle(request);
        }
        var name = request.segment(0);
        var path = ResourcePath.of(request.segments());
        boolean special = name.equals("plugins") || name.equals("schema");
        if (path.isEmpty() && !special) {
            return AdminAnswer.error(404, "Unsupported resource type: " + name);
        }
        Optional<JsonNode> body;
        try {
            body = request.body().length == 0 ? Optional.empty() : Optional.of(Json.parse(request.body()));
        } catch (InvalidJsonException e) {
            return unreadable(request, e);
        }
        if (special) {
            return name.equals("plugins") ? plugins.handle(request) : schemas.handle(request, body);
        }
        if (!RESOURCE_METHODS.contains(request.method())) {
            return AdminAnswer.error(404, "not found");
        }
        return resources.handle(request, path.orElseThrow(), body);
    }

    private static AdminAnswer unreadable(AdminRequest request, InvalidJsonException e) {
        return AdminAnswer.json(
                400,
                Json.newObject()
                        .put("error_msg", "invalid request body: " + e.getMessage())
                        .put("req_body", new String(request.body(), StandardCharsets.UTF_8)));
    }

    private static String headerText(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
