package io.suimon.dataplane.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StoredResource;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Resources as the Control API shows them. Thread-safe. */
final class ShownResources {

    private static final String PREFIX = "/apisix/";
    private static final JsonMapper JSON = new JsonMapper();

    private final ResourceMask mask;

    ShownResources(PluginCatalog catalog) {
        this.mask = new ResourceMask(catalog);
    }

    /** JSON text. */
    String text(StoredResource resource) {
        return resource.key().kind() == ResourceKind.PLUGIN_METADATA
                ? mask.metadata(resource.key().id(), value(resource)).toString()
                : item(resource).toString();
    }

    private JsonNode item(StoredResource resource) {
        var kind = resource.key().kind();
        var path = PREFIX + resource.key().path();
        var value = mask.resource(kind, value(resource));
        boolean named = kind == ResourceKind.UPSTREAM
                ? complete(value, path, resource)
                : value.get("upstream") instanceof ObjectNode inline && complete(inline, path, resource);
        var item = JsonNodeFactory.instance.objectNode();
        item.put("key", path);
        item.set("value", value);
        item.put("modifiedIndex", resource.modRevision());
        item.put("createdIndex", resource.createRevision());
        item.put("has_domain", named);
        item.put("orig_modifiedIndex", resource.modRevision());
        return item;
    }

    private static boolean complete(ObjectNode upstream, String path, StoredResource resource) {
        return UpstreamMembers.add(upstream, path, resource.key().id(), resource.modRevision());
    }

    /** What is no object cannot have come from a control plane, but from a damaged store: nothing is shown of it. */
    private static ObjectNode value(StoredResource resource) {
        try {
            return JSON.readTree(resource.json()) instanceof ObjectNode object
                    ? object
                    : JsonNodeFactory.instance.objectNode();
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.objectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
