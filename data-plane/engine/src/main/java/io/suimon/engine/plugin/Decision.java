package io.suimon.engine.plugin;

import io.suimon.engine.http.HeaderName;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a filter wants next. */
public sealed interface Decision {

    /** Go on. */
    record Proceed() implements Decision {
        private static final Proceed INSTANCE = new Proceed();
    }

    /**
     * Answer the client now; no further request filter runs, response and log filters do.
     *
     * <p>Immutable: one per binding where the answer is fixed, none per request.
     *
     * @param status may be one without a body; what APISIX does with such codes applies
     * @param body null means the standard page of the status, where it has one
     * @param headers fields the answer carries
     */
    record Reply(int status, @Nullable Body body, List<Field> headers) implements Decision {
        public Reply {
            headers = List.copyOf(headers);
        }

        /** This answer with one field more. */
        public Reply with(HeaderName name, String value) {
            var all = new java.util.ArrayList<>(headers);
            all.add(new Field(name, value));
            return new Reply(status, body, all);
        }

        /** This answer with another body. */
        public Reply with(Body other) {
            return new Reply(status, other, headers);
        }
    }

    /**
     * Wait for this; the exchange goes on, on its own event loop, with what it yields.
     *
     * @param decision completes on any thread, where the exchange must not be touched: {@link Resume} does that; a failure is
     *     answered 500
     */
    record Suspend(CompletionStage<Decision> decision) implements Decision {}

    /**
     * Decide now that the wait is over.
     *
     * @param decision asked on the exchange's own event loop, where it may change the exchange; never asked once that is over
     */
    record Resume(Supplier<Decision> decision) implements Decision {}

    /**
     * Read the whole body of the request, then ask this; only from a filter that runs before an endpoint is picked.
     *
     * @param limit bytes that it may have; the gateway's own limit holds besides
     * @param tooLong what a longer one is answered
     * @param then asked when {@link io.suimon.engine.http.Exchange#requestBody} is the body, or null where there is none
     */
    record ReadBody(long limit, TooLong tooLong, Filter then) implements Decision {

        /** Puts into words that a body is too long. */
        @FunctionalInterface
        public interface TooLong {

            /**
             * The answer.
             *
             * @param size bytes that are announced, or have come already
             * @param limit the one that held: the filter's or the gateway's
             */
            Reply reply(long size, long limit);
        }
    }

    /** A header field of an answer. */
    record Field(HeaderName name, String value) {}

    /** The body of an answer. */
    sealed interface Body {

        /** JSON as wire text, sent with a newline behind it. */
        record Json(String text) implements Body {}

        /** Wire text, sent as it is. */
        record Text(String text) implements Body {}
    }

    /** Go on. */
    static Decision proceed() {
        return Proceed.INSTANCE;
    }

    /** Answer with the standard page of this status. */
    static Reply reply(int status) {
        return new Reply(status, null, List.of());
    }

    /** Answer with JSON text. */
    static Reply json(int status, String text) {
        return new Reply(status, new Body.Json(text), List.of());
    }

    /** Answer with text as it is. */
    static Reply text(int status, String text) {
        return new Reply(status, new Body.Text(text), List.of());
    }
}
