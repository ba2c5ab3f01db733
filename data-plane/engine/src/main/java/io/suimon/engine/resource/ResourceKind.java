package io.suimon.engine.resource;

import java.util.Optional;

/** The kinds of things a person configures. */
public enum ResourceKind {
    ROUTE("routes", "route"),
    SERVICE("services", "service"),
    UPSTREAM("upstreams", "upstream"),
    CONSUMER("consumers", "consumer"),
    CREDENTIAL("credentials", "credential"),
    CONSUMER_GROUP("consumer_groups", "consumer group"),
    PLUGIN_CONFIG("plugin_configs", "plugin config"),
    GLOBAL_RULE("global_rules", "global rule"),
    PLUGIN_METADATA("plugin_metadata", "plugin_metadata"),
    SSL("ssls", "ssl"),
    PROTO("protos", "proto"),
    SECRET("secrets", "secret"),
    STREAM_ROUTE("stream_routes", "stream route");

    private final String directory;
    private final String word;

    ResourceKind(String directory, String word) {
        this.directory = directory;
        this.word = word;
    }

    /**
     * Its name on the wire and, but for credentials, the folder it lies in: {@code routes}. Credentials lie below their
     * consumer.
     */
    public String directory() {
        return directory;
    }

    /** What messages to people call it: {@code consumer group}. */
    public String word() {
        return word;
    }

    /** The kind whose {@link #directory()} this is. */
    public static Optional<ResourceKind> ofDirectory(String directory) {
        for (var kind : values()) {
            if (kind.directory.equals(directory)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
