package io.suimon.dataplane.control;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends listings as fast as they are read: a piece is made on a worker thread when the one before it has been sent. Whoever reads
 * slowly holds up nobody, but counts: there are never more than {@link #MAX_LISTINGS} under way. Used on event loops.
 */
final class ListingReply {

    /** One more is answered 503. */
    static final int MAX_LISTINGS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(ListingReply.class);
    private static final String BUSY = "{\"error_msg\":\"listings under way: " + MAX_LISTINGS + " (expected: fewer)\"}";

    private final Vertx vertx;
    private final AtomicInteger underWay = new AtomicInteger();

    ListingReply(Vertx vertx) {
        this.vertx = vertx;
    }

    void send(HttpServerRequest request, Callable<Listing> listing) {
        if (underWay.incrementAndGet() > MAX_LISTINGS) {
            underWay.decrementAndGet();
            ManagementReply.send(request, 503, ManagementReply.JSON, BUSY);
            return;
        }
        var sent = Promise.<Void>promise();
        sent.future().onComplete(done -> underWay.decrementAndGet()).onFailure(cause -> giveUp(request, cause));
        vertx.executeBlocking(listing, false)
                .onSuccess(opened -> {
                    ManagementReply.begin(request, 200, ManagementReply.JSON).setChunked(true);
                    sendRest(request, opened, sent);
                })
                .onFailure(sent::fail);
    }

    private void sendRest(HttpServerRequest request, Listing listing, Promise<Void> sent) {
        vertx.executeBlocking(listing::next, false)
                .onSuccess(piece -> send(request, piece, listing, sent))
                .onFailure(sent::fail);
    }

    private void send(HttpServerRequest request, String piece, Listing listing, Promise<Void> sent) {
        var response = request.response();
        if (response.closed()) {
            sent.complete();
        } else if (listing.finished()) {
            response.end(piece).onComplete(sent);
        } else {
            response.write(piece)
                    .onSuccess(written -> sendRest(request, listing, sent))
                    .onFailure(sent::fail);
        }
    }

    /** The reader went away, or what there is cannot be shown: then the answer stays without an end. */
    private static void giveUp(HttpServerRequest request, Throwable cause) {
        if (!request.response().closed()) {
            LOG.error("{} cannot be shown", request.path(), cause);
            request.connection().close();
        }
    }
}
