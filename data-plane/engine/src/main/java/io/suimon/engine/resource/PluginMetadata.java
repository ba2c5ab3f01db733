package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What all uses of one plugin have in common.
 *
 * @param key its id is the plugin's name
 * @param metadata as written
 */
public record PluginMetadata(ResourceKey key, ObjectNode metadata) implements Resource {}
