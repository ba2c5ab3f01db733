package io.suimon.controlplane.admin;

import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.stream.NodeRegistry;
import io.suimon.controlplane.stream.Reach;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/**
 * Holds the answer to a write until enough nodes run it, where the query asks for that.
 *
 * <p>Status and body stay what the write came to; how far it came by the end of the wait is in headers. Thread-safe; calls block.
 */
@Singleton
final class Receipts {

    private final NodeRegistry nodes;
    private final int limit;
    private final Semaphore places;

    Receipts(NodeRegistry nodes, AdminConfig config) {
        this.nodes = nodes;
        this.limit = config.maxWaiting();
        this.places = new Semaphore(limit);
    }

    /** Carries a request out. */
    @FunctionalInterface
    interface Work {
        AdminAnswer run() throws InterruptedException;
    }

    /** Carries it out, and answers when it is wished. What cannot be wished is refused before anything is written. */
    AdminAnswer around(AdminRequest request, Work work) throws InterruptedException {
        return switch (ReceiptWish.of(request)) {
            case ReceiptWish.None none -> work.run();
            case ReceiptWish.Refused(var message) -> AdminAnswer.error(400, message);
            case ReceiptWish.Applied wish -> held(wish, work);
        };
    }

    private AdminAnswer held(ReceiptWish.Applied wish, Work work) throws InterruptedException {
        if (!places.tryAcquire()) {
            return AdminAnswer.json(
                    503,
                    Json.newObject()
                            .put("error_msg", "too many requests wait for nodes (limit " + limit + ")")
                            .put("may_take_effect", false));
        }
        try {
            var answer = work.run();
            var revision = answer.headers().get("X-Suimon-Revision");
            return answer.status() >= 300 || revision == null ? answer : held(wish, answer, Long.parseLong(revision));
        } finally {
            places.release();
        }
    }

    private AdminAnswer held(ReceiptWish.Applied wish, AdminAnswer answer, long revision) throws InterruptedException {
        var reach = nodes.awaitApplied(revision, wish.enough()::holds, wish.timeout());
        int rejecting = nodes.propagation(revision).rejecting().size();
        return answer.with("X-Suimon-Receipt", word(wish.enough(), reach, rejecting))
                .with("X-Suimon-Applied", reach.applied() + "/" + reach.nodes())
                .with("X-Suimon-Rejecting", Integer.toString(rejecting));
    }

    private static String word(Quorum enough, Reach reach, int rejecting) {
        if (!enough.holds(reach)) {
            return "pending";
        }
        return enough.holds(new Reach(reach.applied() - rejecting, reach.nodes())) ? "applied" : "rejected";
    }
}
