package io.suimon.dataplane.cache;

import io.suimon.dataplane.sync.Configuration;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StoredResource;
import io.suimon.proto.StateDigest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Configurations with the digest they say they have. */
final class Configurations {

    private Configurations() {}

    /** So many small routes, all of one revision. */
    static Configuration of(long revision, int count) {
        return with(
                revision,
                IntStream.range(0, count)
                        .mapToObj(i -> resource(ResourceKind.ROUTE, "r" + i, revision, "{\"uri\":\"/" + i + "\"}"))
                        .toList());
    }

    static Configuration with(long revision, List<StoredResource> resources) {
        var bare = new Configuration("store", revision, StateDigest.EMPTY, resources);
        return new Configuration("store", revision, bare.computedDigest(), resources);
    }

    static StoredResource resource(ResourceKind kind, String id, long revision, String json) {
        return new StoredResource(new ResourceKey(kind, id), 1, revision, json.getBytes(StandardCharsets.UTF_8));
    }
}
