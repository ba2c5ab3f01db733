package io.suimon.engine.resource;

/**
 * A protobuf definition for transcoding.
 *
 * @param content the text of a {@code .proto} file, or a compiled descriptor set in base64
 */
public record Proto(ResourceKey key, Description description, String content) implements Resource {}
