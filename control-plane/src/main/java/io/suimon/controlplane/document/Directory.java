package io.suimon.controlplane.document;

import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import org.jspecify.annotations.Nullable;

/** A part of a document: a top-level member with its items. In the order in which they are reviewed. */
enum Directory {
    ROUTES(ResourceKind.ROUTE),
    SERVICES(ResourceKind.SERVICE),
    UPSTREAMS(ResourceKind.UPSTREAM),
    CONSUMERS(ResourceKind.CONSUMER),
    SSLS(ResourceKind.SSL),
    GLOBAL_RULES(ResourceKind.GLOBAL_RULE),
    PLUGIN_CONFIGS(ResourceKind.PLUGIN_CONFIG),
    CONSUMER_GROUPS(ResourceKind.CONSUMER_GROUP),
    PROTOS(ResourceKind.PROTO),
    SECRETS(ResourceKind.SECRET),
    STREAM_ROUTES(ResourceKind.STREAM_ROUTE),
    PLUGIN_METADATA(ResourceKind.PLUGIN_METADATA),
    PLUGINS(null);

    private final @Nullable ResourceKind kind;

    Directory(@Nullable ResourceKind kind) {
        this.kind = kind;
    }

    /** What its items are, but for the credentials among consumers; null for plugins, which are no resources. */
    @Nullable
    ResourceKind kind() {
        return kind;
    }

    /** The name of the member. */
    String member() {
        return kind == null ? "plugins" : kind.directory();
    }

    /** The member that holds its version. */
    String versionMember() {
        return member() + "_conf_version";
    }

    /** Whether a resource lies in it. */
    boolean holds(ResourceKey key) {
        return key.kind() == kind || (this == CONSUMERS && key.kind() == ResourceKind.CREDENTIAL);
    }
}
