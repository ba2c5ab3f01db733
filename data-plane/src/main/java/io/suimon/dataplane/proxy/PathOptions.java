package io.suimon.dataplane.proxy;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.RequestHead;
import io.suimon.engine.plugin.TargetText;
import io.suimon.engine.text.WireText;

/**
 * What becomes of a path before it is matched, beyond the usual.
 *
 * @param deleteTailSlash whether one slash at its end counts for nothing; what is forwarded keeps it
 * @param likeServlet whether segments are matched without their {@code ;parameters}; the normal form is forwarded, with them
 * @param encodedSlash whether an escaped slash stays one, as {@code %2F}, where nothing else of the path had to be normalised
 */
public record PathOptions(boolean deleteTailSlash, boolean likeServlet, boolean encodedSlash) {

    private static final String ESCAPED_SLASH = "%2F";

    /** Whether anything is to be done. */
    boolean any() {
        return deleteTailSlash || likeServlet || encodedSlash;
    }

    /** Does it. Returns false for a path that a servlet container could read in two ways: answer 400. */
    boolean apply(Exchange exchange) {
        var request = exchange.request();
        if (likeServlet && !normalizeLikeServlet(exchange)) {
            return false;
        }
        if (encodedSlash) {
            keepEscapedSlashes(request);
        }
        var path = request.path();
        if (deleteTailSlash && path.end() - path.start() > 1 && path.bytes()[path.end() - 1] == '/') {
            path.become(WireText.bytes(path.text().substring(0, path.text().length() - 1)));
        }
        return true;
    }

    private static boolean normalizeLikeServlet(Exchange exchange) {
        var request = exchange.request();
        if (rawPath(request).toLowerCase(java.util.Locale.ROOT).contains("%2e")) {
            return false;
        }
        var normal = request.path().text();
        var matched = withoutParameters(normal);
        if (matched == null) {
            return false;
        }
        if (!matched.equals(normal)) {
            request.path().become(WireText.bytes(matched));
        }
        var forwarded = TargetText.escapePath(normal);
        var query = request.query();
        exchange.upstream().target(query == null ? forwarded : forwarded + "?" + query);
        return true;
    }

    /** Null where parameters stand at a segment that is empty or dots. */
    private static @org.jspecify.annotations.Nullable String withoutParameters(String path) {
        if (path.indexOf(';') < 0) {
            return path;
        }
        var out = new StringBuilder(path.length());
        for (int from = 0; from < path.length(); ) {
            int slash = path.indexOf('/', from + 1);
            int end = slash < 0 ? path.length() : slash;
            int parameters = path.indexOf(';', from);
            if (parameters >= 0 && parameters < end) {
                var name = path.substring(from + 1, parameters);
                if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                    return null;
                }
                out.append('/').append(name);
            } else {
                out.append(path, from, end);
            }
            from = end;
        }
        return out.toString();
    }

    private static void keepEscapedSlashes(RequestHead request) {
        var raw = rawPath(request);
        var kept = new StringBuilder(raw.length());
        boolean any = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '%') {
                kept.append(c);
                continue;
            }
            char escaped = (char) Integer.parseInt(raw, i + 1, i + 3, 16); // checked when the path was read
            any |= escaped == '/';
            kept.append(escaped == '/' ? ESCAPED_SLASH : String.valueOf(escaped));
            i += 2;
        }
        // An escaped percent sign must not pass for the beginning of an escaped slash.
        boolean unambiguous = !raw.toLowerCase(java.util.Locale.ROOT).contains("%252f");
        if (any
                && unambiguous
                && kept.toString()
                        .replace(ESCAPED_SLASH, "/")
                        .equals(request.path().text())) {
            request.path().become(WireText.bytes(kept.toString()));
        }
    }

    /** The path as sent, without query and fragment. */
    private static String rawPath(RequestHead request) {
        var raw = request.rawPath();
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '?' || raw.charAt(i) == '#') {
                return raw.substring(0, i);
            }
        }
        return raw;
    }
}
