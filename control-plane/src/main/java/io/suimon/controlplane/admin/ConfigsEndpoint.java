package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.controlplane.document.DocumentError;
import io.suimon.controlplane.document.Documents;
import io.suimon.controlplane.document.PutOutcome;
import io.suimon.controlplane.document.StoredDocument;
import io.suimon.controlplane.document.YamlText;
import io.suimon.controlplane.json.InvalidJsonException;
import io.suimon.controlplane.json.Json;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** The whole configuration as one document: validates it, and in its own mode reads and writes it. Thread-safe; calls block. */
@Singleton
final class ConfigsEndpoint {

    private final Documents documents;
    private final AdminSurface surface;

    ConfigsEndpoint(Documents documents, AdminConfig config) {
        this.documents = documents;
        this.surface = new AdminSurface(config.mode());
    }

    boolean serves(AdminRequest request) {
        return surface.handlesDocument(request.method(), request.segments());
    }

    AdminAnswer handle(AdminRequest request) throws InterruptedException {
        return switch (request.method()) {
            case "POST" -> validate(request);
            case "PUT" -> put(request);
            default -> read(request);
        };
    }

    /** What a body came to. */
    private sealed interface Body {
        record Read(JsonNode document) implements Body {}

        record Unreadable(String reason) implements Body {}
    }

    private static Body body(AdminRequest request) {
        if (request.body().length == 0) {
            return new Body.Unreadable("empty request body");
        }
        if (request.headers().bringsYaml()) {
            return YamlText.parse(request.body())
                    .<Body>map(Body.Read::new)
                    .orElseGet(() -> new Body.Unreadable("invalid yaml request body"));
        }
        try {
            return new Body.Read(Json.parse(request.body()));
        } catch (InvalidJsonException e) {
            return new Body.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private AdminAnswer validate(AdminRequest request) {
        return switch (body(request)) {
            case Body.Unreadable(var reason) -> unreadable(reason);
            case Body.Read(var document) ->
                answer(documents.review(document, surface.mode() == AdminConfig.Mode.CONFIGS));
        };
    }

    private static AdminAnswer unreadable(String reason) {
        return AdminAnswer.error(400, "invalid request body: " + reason);
    }

    private static AdminAnswer answer(List<DocumentError> errors) {
        if (errors.isEmpty()) {
            return AdminAnswer.json(200, Json.newObject());
        }
        var node = Json.newObject().put("error_msg", "Configuration validation failed");
        var list = node.putArray("errors");
        errors.forEach(error -> list.add(error.json()));
        return AdminAnswer.json(400, node);
    }

    private AdminAnswer put(AdminRequest request) throws InterruptedException {
        var digest = request.headers().digest();
        if (digest == null) {
            return AdminAnswer.error(400, "missing digest header");
        }
        var stored = documents.stored();
        if (digest.equals(stored.digest())) {
            return AdminAnswer.text(204, "").with("X-Suimon-Revision", Long.toString(stored.revision()));
        }
        return switch (body(request)) {
            case Body.Unreadable(var reason) -> unreadable(reason);
            case Body.Read(var document) -> put(request, document, digest);
        };
    }

    private AdminAnswer put(AdminRequest request, JsonNode document, String digest) throws InterruptedException {
        var outcome = documents.put(document, digest);
        var answer = answer(outcome, digest);
        Audit.record(request, outcome, answer.status());
        return answer;
    }

    private static AdminAnswer answer(PutOutcome outcome, String digest) {
        return switch (outcome) {
            case PutOutcome.Written(var revision, var lastModified) ->
                AdminAnswer.text(202, "")
                        .with("X-Last-Modified", Long.toString(lastModified))
                        .with("X-Digest", digest)
                        .with("X-Suimon-Revision", Long.toString(revision));
            case PutOutcome.Refused(var message) -> AdminAnswer.error(400, message);
            case PutOutcome.Contended() -> unwritten("value changed before overwritten", false);
            case PutOutcome.Unavailable(var reason, var mayTakeEffect) -> unwritten(reason, mayTakeEffect);
        };
    }

    private static AdminAnswer unwritten(String reason, boolean mayTakeEffect) {
        return AdminAnswer.json(503, Json.newObject().put("error_msg", reason).put("may_take_effect", mayTakeEffect));
    }

    private AdminAnswer read(AdminRequest request) {
        var stored = documents.stored();
        if (stored.revision() == 0) {
            return AdminAnswer.error(503, "the store has not been read yet");
        }
        var answer = request.method().equals("HEAD") ? AdminAnswer.text(200, "") : shown(request, stored);
        var digest = stored.digest();
        var marked = digest == null
                ? answer
                : answer.with("X-Last-Modified", Long.toString(stored.lastModified()))
                        .with("X-Digest", digest);
        return marked.with("X-Suimon-Revision", Long.toString(stored.revision()));
    }

    private static AdminAnswer shown(AdminRequest request, StoredDocument stored) {
        var document = stored.json(request.role());
        return request.headers().wantsYaml()
                ? new AdminAnswer(200, YamlText.bytes(document), Map.of("Content-Type", "application/yaml"))
                : AdminAnswer.json(200, document);
    }
}
