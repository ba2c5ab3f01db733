package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.admission.Change;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.mirror.Mirror;
import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.Commit;
import io.suimon.engine.resource.ResourceKey;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the resources of every kind; how kinds differ is in {@link KindRules} and {@link DraftReader}.
 *
 * <p>Thread-safe; calls block.
 */
@Singleton
final class ResourceEndpoint {

    /** How long a revision that a condition names may take to reach the mirror. */
    private static final Duration MIRROR_WAIT = Duration.ofSeconds(2);

    private final Mirror mirror;
    private final ResourceWriter writer;
    private final Envelope envelope;
    private final Timestamps timestamps;

    ResourceEndpoint(Mirror mirror, ResourceWriter writer, Envelope envelope, Timestamps timestamps) {
        this.mirror = mirror;
        this.writer = writer;
        this.envelope = envelope;
        this.timestamps = timestamps;
    }

    AdminAnswer handle(AdminRequest request, ResourcePath path, Optional<JsonNode> body) throws InterruptedException {
        if (!KindRules.of(path.kind()).methods().contains(request.method())) {
            return AdminAnswer.error(
                    405,
                    "not supported `" + request.method() + "` method for "
                            + path.kind().word());
        }
        if (request.method().equals("GET")) {
            return read(request, path);
        }
        var outcome = write(request, path, body);
        var answer = answer(outcome);
        Audit.record(request, path, outcome, answer.status());
        return answer;
    }

    private WriteOutcome write(AdminRequest request, ResourcePath path, Optional<JsonNode> body)
            throws InterruptedException {
        var complaint = request.condition().complaint();
        if (complaint.isPresent()) {
            return new WriteOutcome.Refused(400, complaint.get());
        }
        if (!request.method().equals("DELETE") && TimeToLive.of(request) instanceof TimeToLive.Refused(var message)) {
            return new WriteOutcome.Refused(400, message);
        }
        mirror.await(request.condition().newestRevision(), MIRROR_WAIT);
        return switch (request.method()) {
            case "PUT" -> put(request, path, body);
            case "POST" -> post(request, path, body);
            case "PATCH" -> patch(request, path, body);
            default -> delete(request, path);
        };
    }

    private AdminAnswer read(AdminRequest request, ResourcePath path) {
        var view = mirror.view();
        if (view.revision() == 0) {
            return AdminAnswer.error(503, mirror.stale().orElse("the store has not been read yet"));
        }
        var answer = path.id() == null ? list(request, path, view) : one(request, path.key(path.id()), view);
        return answer.with("X-Suimon-Revision", Long.toString(view.revision()));
    }

    private AdminAnswer one(AdminRequest request, ResourceKey key, MirrorView view) {
        var entry = view.get(key.path());
        if (entry == null) {
            return AdminAnswer.absent();
        }
        var answer = request.condition().isKnown(entry)
                ? AdminAnswer.notModified()
                : AdminAnswer.json(200, envelope.one(key.kind(), entry, request.role()));
        return answer.with("ETag", EntityTags.tag(entry.modRevision()));
    }

    private AdminAnswer list(AdminRequest request, ResourcePath path, MirrorView view) {
        var query = ListQuery.parse(request.query(), path.kind());
        if (query.isEmpty()) {
            return AdminAnswer.text(400, ListQuery.PAGE_SIZE_TEXT);
        }
        return new ResourceListing(envelope, path, query.get()).of(view, request.role());
    }

    private WriteOutcome put(AdminRequest request, ResourcePath path, Optional<JsonNode> body)
            throws InterruptedException {
        return switch (DraftReader.put(path, body)) {
            case Draft.Refused(var message) -> new WriteOutcome.Refused(400, message);
            case Draft.Ready(var key, var value) ->
                writer.write(request.condition().guarding(key, store(key, value, path, TimeToLive.of(request))));
        };
    }

    private WriteOutcome post(AdminRequest request, ResourcePath path, Optional<JsonNode> body)
            throws InterruptedException {
        return switch (DraftReader.post(path, body)) {
            case Draft.Refused(var message) -> new WriteOutcome.Refused(400, message);
            case Draft.Ready(var key, var value) -> {
                var refusal = writer.refusal(new Change.Put(key, value));
                yield refusal.isPresent() ? refusal.get() : create(request, path, value);
            }
        };
    }

    /** The id is the store's revision: nobody else can have it. */
    private WriteOutcome create(AdminRequest request, ResourcePath path, ObjectNode value) throws InterruptedException {
        return switch (writer.newNumber()) {
            case Commit.Conflict() -> new WriteOutcome.Contended();
            case Commit.TooLarge(var reason) -> ResourceWriter.tooLarge(reason);
            case Commit.Unavailable(var mayTakeEffect, var reason) -> new WriteOutcome.Unavailable(reason, false);
            case Commit.Done(var revision) -> {
                var id = String.format(Locale.ROOT, "%020d", revision);
                var named = value.deepCopy().put("id", id);
                yield writer.write(store(path.key(id), named, path, TimeToLive.of(request)));
            }
        };
    }

    private Edit store(ResourceKey key, ObjectNode value, ResourcePath path, TimeToLive ttl) {
        boolean timed = KindRules.of(path.kind()).timed();
        return view -> {
            var stored = timed ? timestamps.replacing(view.get(key.path()), value) : value;
            return new Proposal.Write(new Change.Put(key, stored), ttl.duration());
        };
    }

    private WriteOutcome patch(AdminRequest request, ResourcePath path, Optional<JsonNode> body)
            throws InterruptedException {
        var id = path.id();
        if (id == null) {
            return new WriteOutcome.Refused(400, KindRules.of(path.kind()).missingOnPatch());
        }
        if (body.isEmpty()) {
            return new WriteOutcome.Refused(400, "missing new configuration");
        }
        var patch = patch(path, body.get());
        return patch == null
                ? new WriteOutcome.Refused(400, "invalid configuration")
                : writer.write(
                        request.condition().guarding(path.key(id), patched(path, id, patch, TimeToLive.of(request))));
    }

    /** Null when a whole object is to be merged and the body is none. */
    private static @Nullable Patch patch(ResourcePath path, JsonNode body) {
        if (!path.rest().isEmpty()) {
            return new Patch.Replace(path.rest(), body);
        }
        if (body instanceof ObjectNode object) {
            return new Patch.Merge(object);
        }
        return body.isArray() && body.isEmpty() ? new Patch.Merge(Json.newObject()) : null;
    }

    private Edit patched(ResourcePath path, String id, Patch patch, TimeToLive ttl) {
        var key = path.key(id);
        boolean chosen = patch instanceof Patch.Merge(var with) && Timestamps.chosenBy(with);
        return view -> {
            var entry = view.plain().get(key.path());
            var original = entry == null ? Optional.<ObjectNode>empty() : Json.object(entry.value());
            if (original.isEmpty()) {
                return new Proposal.Absent();
            }
            return switch (patch.apply(original.get())) {
                case Patch.Result.Refused(var message) -> new Proposal.Refused(400, message);
                case Patch.Result.Patched(var value) -> {
                    if (value.hasNonNull("id") && !value.get("id").asText().equals(key.id())) {
                        yield new Proposal.Refused(400, "wrong " + path.kind().word() + " id");
                    }
                    if (!value.hasNonNull("id") && !original.get().path("id").isMissingNode()) {
                        value.set("id", original.get().get("id"));
                    }
                    yield new Proposal.Write(new Change.Put(key, timestamps.patched(value, chosen)), ttl.duration());
                }
            };
        };
    }

    private WriteOutcome delete(AdminRequest request, ResourcePath path) throws InterruptedException {
        var id = path.id();
        if (id == null) {
            return new WriteOutcome.Refused(400, KindRules.missing(path.kind()));
        }
        var key = path.key(id);
        boolean force = request.query().first("force").filter("true"::equals).isPresent();
        Edit removal = view -> view.get(key.path()) == null
                ? new Proposal.Absent()
                : new Proposal.Write(new Change.Delete(key, force), null);
        return writer.write(request.condition().guarding(key, removal));
    }

    private AdminAnswer answer(WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Written(var key, var value, var created, var revision) ->
                AdminAnswer.json(created ? 201 : 200, envelope.written(key, value))
                        .with("X-Suimon-Revision", Long.toString(revision));
            case WriteOutcome.Removed(var key, var revision) ->
                AdminAnswer.json(200, envelope.removed(key)).with("X-Suimon-Revision", Long.toString(revision));
            case WriteOutcome.Absent() -> AdminAnswer.absent();
            case WriteOutcome.Refused(var status, var message) -> AdminAnswer.error(status, message);
            case WriteOutcome.Contended() ->
                AdminAnswer.json(503, unwritten("value changed before overwritten", false));
            case WriteOutcome.Unavailable(var reason, var mayTakeEffect) ->
                AdminAnswer.json(503, unwritten(reason, mayTakeEffect));
        };
    }

    private static ObjectNode unwritten(String reason, boolean mayTakeEffect) {
        return Json.newObject().put("error_msg", reason).put("may_take_effect", mayTakeEffect);
    }
}
