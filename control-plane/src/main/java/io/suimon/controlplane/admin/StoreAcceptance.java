package io.suimon.controlplane.admin;

import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.mirror.Acceptance;
import io.suimon.controlplane.mirror.Mirror;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Lets an operator say that a store that looks like another one, or has lost much, is right as it is. Thread-safe; calls block. */
@Singleton
final class StoreAcceptance {

    static final List<String> SEGMENTS = List.of("store:accept");

    /** How long the store may take to be read. */
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private final Mirror mirror;

    StoreAcceptance(Mirror mirror) {
        this.mirror = mirror;
    }

    AdminAnswer handle(AdminRequest request) throws InterruptedException {
        if (!request.method().equals("POST")) {
            return AdminAnswer.error(405, "not supported `" + request.method() + "` method");
        }
        var acceptance = mirror.accept(AT_MOST);
        var answer = answer(acceptance);
        Audit.record(request, acceptance, answer.status());
        return answer;
    }

    private static AdminAnswer answer(Acceptance acceptance) {
        return switch (acceptance) {
            case Acceptance.Accepted(var view) ->
                AdminAnswer.json(
                        200,
                        Json.newObject()
                                .put("store_id", view.storeId())
                                .put("revision", view.revision())
                                .put("entries", view.entries().size()));
            case Acceptance.NothingToAccept() ->
                AdminAnswer.error(409, "nothing to accept: the configuration is not frozen");
            case Acceptance.Unavailable(var reason) -> AdminAnswer.error(503, reason);
        };
    }
}
