package io.suimon.dataplane.control;

import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StoredResource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resources that are there from the beginning. */
record HeldResources(List<StoredResource> resources) implements ResourceDirectory {

    /** Created at revision 3, written last at 7. */
    static StoredResource resource(ResourceKind kind, String id, String json) {
        return new StoredResource(new ResourceKey(kind, id), 3, 7, json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<StoredResource> all(ResourceKind kind) {
        return resources.stream().filter(one -> one.key().kind() == kind).toList();
    }

    @Override
    public @Nullable StoredResource of(ResourceKey key) {
        return resources.stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElse(null);
    }
}
