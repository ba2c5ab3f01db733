package io.suimon.dataplane.discovery.kubernetes;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Gathers the objects of a list that are of use, no more of them than a node can know. Of one thread. */
final class Listed {

    private final NamespaceFilter namespaces;
    private final Map<String, EndpointObject> objects = new HashMap<>();
    private long addresses;

    Listed(NamespaceFilter namespaces) {
        this.namespaces = namespaces;
    }

    /** @throws IOException when there are too many */
    void add(EndpointObject object) throws IOException {
        if (!namespaces.counts(object)) {
            return;
        }
        addresses += object.addresses();
        objects.put(object.name(), object);
        if (objects.size() > EndpointTable.MAX_OBJECTS || addresses > EndpointTable.MAX_ADDRESSES) {
            throw tooMany();
        }
    }

    /** That a cluster has more than a node can know. */
    static IOException tooMany() {
        return new IOException("too many endpoints (expected: at most %d objects with %d addresses, by a selector)"
                .formatted(EndpointTable.MAX_OBJECTS, EndpointTable.MAX_ADDRESSES));
    }

    /** By their names. */
    Map<String, EndpointObject> objects() {
        return objects;
    }
}
