package io.suimon.engine.resource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people say about a resource; it changes nothing.
 *
 * @param labels in the author's order
 */
public record Description(@Nullable String name, @Nullable String text, Map<String, String> labels) {

    /** Nothing said. */
    public static final Description NONE = new Description(null, null, Map.of());

    public Description {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
}
