package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.mirror.Mirror;
import io.suimon.controlplane.store.EndpointHealth;
import io.suimon.controlplane.store.MeteredConfigStore;
import jakarta.inject.Singleton;
import java.util.List;

/** How the store is, as this control plane knows it: nothing is asked of it. Thread-safe. */
@Singleton
final class StoreStatus {

    static final List<String> SEGMENTS = List.of("store");

    private final Mirror mirror;
    private final MeteredConfigStore store;

    StoreStatus(Mirror mirror, MeteredConfigStore store) {
        this.mirror = mirror;
        this.store = store;
    }

    AdminAnswer answer() {
        var view = mirror.view();
        var status = Json.newObject()
                .put("store_id", view.storeId())
                .put("revision", view.revision())
                .put("reachable", store.reachable());
        mirror.stale().ifPresent(reason -> status.put("stale", reason));
        mirror.alarm().ifPresent(reason -> status.put("alarm", reason));
        var endpoints = status.putArray("endpoints");
        store.endpoints().forEach(endpoint -> describe(endpoint, endpoints.addObject()));
        return AdminAnswer.json(200, status);
    }

    private static void describe(EndpointHealth endpoint, ObjectNode described) {
        described
                .put("endpoint", endpoint.endpoint())
                .put("up", endpoint.up())
                .put("answers", endpoint.answers())
                .put("failures", endpoint.failures())
                .put("leaves", endpoint.leaves());
        endpoint.reason().ifPresent(reason -> described.put("reason", reason));
    }
}
