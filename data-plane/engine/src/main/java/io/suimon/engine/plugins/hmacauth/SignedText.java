package io.suimon.engine.plugins.hmacauth;

import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text a request's signature is of. */
final class SignedText {

    /** More names than this are not signed by anybody. */
    static final int MAX_NAMES = 100;

    /** The longest text that is signed: names can be repeated, and each brings its whole field again. */
    static final int MAX_LENGTH = 64 * 1024;

    private static final String TARGET = "@request-target";

    private SignedText() {}

    /**
     * One line for the key, and one for each name that the request has; null where that would be too long, or a path with a line feed
     * in it would look like several of them, and be signed by a signature of something else.
     */
    static @Nullable String of(RequestHead request, String keyId, List<String> names) {
        if (names.size() > MAX_NAMES) {
            return null;
        }
        var text = new StringBuilder(256).append(keyId).append('\n');
        for (var name : names) {
            if (name.equals(TARGET)) {
                if (request.path().text().indexOf('\n') >= 0) {
                    return null;
                }
                appendTarget(text, request);
            } else {
                var value = request.headers().first(HeaderName.sought(name));
                if (value != null) {
                    text.append(name).append(": ").append(value).append('\n');
                }
            }
            if (text.length() > MAX_LENGTH) {
                return null;
            }
        }
        return text.toString();
    }

    private static void appendTarget(StringBuilder text, RequestHead request) {
        text.append(request.method()).append(' ').append(request.path().text());
        var query = request.query();
        if (query != null && !query.isEmpty()) {
            text.append('?').append(query);
        }
        text.append('\n');
    }
}
