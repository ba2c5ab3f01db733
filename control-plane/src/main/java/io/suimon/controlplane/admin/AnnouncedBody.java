package io.suimon.controlplane.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.regex.Pattern;

/**
 * What the head of a request says of the body behind it.
 *
 * @param present whether there is to be one
 * @param size how large it is to be; -1 when the head does not say
 * @param expectation what the client waits for before it sends it; empty text when it does not wait
 */
record AnnouncedBody(boolean present, long size, String expectation) {

    private static final String CONTINUE = "100-continue";
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");

    static AnnouncedBody of(HttpServerRequest request) {
        var length = request.getHeader("Content-Length");
        var expected = request.getHeader("Expect");
        boolean sized = length != null && SIZE.matcher(length).matches();
        long size = sized ? Long.parseLong(length) : -1;
        return new AnnouncedBody(
                (length != null && size != 0) || request.headers().contains("Transfer-Encoding"),
                size,
                expected == null || request.version() == HttpVersion.HTTP_1_0 ? "" : expected);
    }

    /** Whether the client waits for something it will not get. */
    boolean expectsOther() {
        return !expectation.isEmpty() && !expectsContinue();
    }

    /** Whether the client wants to hear that it may send the body. */
    boolean expectsContinue() {
        return expectation.equalsIgnoreCase(CONTINUE);
    }

    /** Ends an answer; the connection with it, where a body is still to come that nobody reads. Called on event loops. */
    static void answer(HttpServerRequest request, Buffer answer) {
        if (request.isEnded() || !of(request).present()) {
            request.response().end(answer);
        } else {
            request.response()
                    .putHeader("Connection", "close")
                    .end(answer)
                    .onComplete(sent -> request.connection().close());
        }
    }
}
