package io.suimon.controlplane.admin;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reads a request's body up to a limit, and counts what is beyond it.
 *
 * <p>Lives on the request's event loop; one per request.
 */
final class BodyReader {

    /** What is read, and dropped, of a body that is too large; the client then is cut off. */
    private static final long MAX_DROPPED = 64L << 20;

    /** What became of a body. */
    sealed interface Body {

        record Whole(byte[] bytes) implements Body {}

        /**
         * More than the limit.
         *
         * @param size what was sent
         */
        record TooLarge(long size) implements Body {}

        /** The client was too slow. */
        record Late() implements Body {}

        /** What came is no body, such as chunks without a size. */
        record Malformed() implements Body {}

        /** The client went away; there is nobody to answer. */
        record Broken() implements Body {}
    }

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final int limit;
    private final Duration timeout;
    private final Buffer buffer = Buffer.buffer();
    private long size;
    private boolean done;
    private long timer;

    BodyReader(Vertx vertx, HttpServerRequest request, int limit, Duration timeout) {
        this.vertx = vertx;
        this.request = request;
        this.limit = limit;
        this.timeout = timeout;
    }

    /**
     * Reads to the end.
     *
     * @param result is told once
     */
    void read(Consumer<Body> result) {
        timer = vertx.setTimer(
                timeout.toMillis(), id -> over(result, size > limit ? new Body.TooLarge(size) : new Body.Late()));
        request.exceptionHandler(failure -> over(result, isGone(failure) ? new Body.Broken() : new Body.Malformed()));
        request.handler(part -> take(part, result));
        request.endHandler(
                end -> over(result, size > limit ? new Body.TooLarge(size) : new Body.Whole(buffer.getBytes())));
        request.resume();
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof HttpClosedException || failure instanceof IOException;
    }

    private void take(Buffer part, Consumer<Body> result) {
        size += part.length();
        if (done) {
            return;
        }
        if (size <= limit) {
            buffer.appendBuffer(part);
        } else if (size > MAX_DROPPED) {
            over(result, new Body.TooLarge(size));
        }
    }

    private void over(Consumer<Body> result, Body body) {
        if (!done) {
            done = true;
            vertx.cancelTimer(timer);
            result.accept(body);
        }
    }
}
