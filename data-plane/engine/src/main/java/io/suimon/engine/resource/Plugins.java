package io.suimon.engine.resource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The plugins of a resource by name, in the order in which they were written. */
final class Plugins {

    private Plugins() {}

    static Map<String, PluginSpec> inOrder(Map<String, PluginSpec> plugins) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(plugins));
    }
}
