package io.suimon.engine.http;

import java.util.Map;

/** The named parts of a path pattern; finds them in a path that matches it. Immutable. */
@FunctionalInterface
public interface PathCapture {

    /** Captures nothing. */
    PathCapture NONE = path -> Map.of();

    /** What each name stands for in this path, as wire text. */
    Map<String, String> in(RequestPath path);
}
