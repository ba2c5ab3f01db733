package io.suimon.controlplane.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request is for.
 *
 * @param segments the path decoded, dot segments resolved, empty segments dropped
 * @param trailingSlash whether the path ends in a slash
 */
record RequestTarget(List<String> segments, boolean trailingSlash, QueryString query) {

    RequestTarget {
        segments = List.copyOf(segments);
    }

    /** Reads a path as it is in the request line; empty when it is malformed or climbs above the root. */
    static Optional<RequestTarget> parse(@Nullable String rawPath, @Nullable String rawQuery) {
        if (rawPath == null || !rawPath.startsWith("/")) {
            return Optional.empty();
        }
        return PercentDecoder.path(rawPath)
                .flatMap(path -> resolve(path)
                        .map(segments -> new RequestTarget(segments, endsInFolder(path), QueryString.parse(rawQuery))));
    }

    /** Whether this lies below a folder, or is it. */
    boolean isBelow(String first, String second) {
        return segments.size() >= 2
                && segments.get(0).equals(first)
                && segments.get(1).equals(second);
    }

    private static Optional<List<String>> resolve(String path) {
        var segments = new ArrayList<String>();
        for (var segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                if (segments.isEmpty()) {
                    return Optional.empty();
                }
                segments.removeLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return Optional.of(segments);
    }

    private static boolean endsInFolder(String path) {
        return path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..");
    }
}
