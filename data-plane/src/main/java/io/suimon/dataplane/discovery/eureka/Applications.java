package io.suimon.dataplane.discovery.eureka;

import io.suimon.dataplane.discovery.eureka.ApplicationsAnswer.Change;
import io.suimon.engine.resource.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All applications as Eureka told them, one change after the other. Of one thread. */
final class Applications {

    private final Map<String, Map<String, Instance>> instances = new LinkedHashMap<>();

    void apply(List<Change> changes) {
        changes.forEach(this::apply);
    }

    private void apply(Change change) {
        var instance = change.instance();
        if (!change.isDeleted()) {
            instances
                    .computeIfAbsent(change.application(), name -> new LinkedHashMap<>())
                    .put(instance.id(), instance);
            return;
        }
        var others = instances.get(change.application());
        if (others != null) {
            others.remove(instance.id());
            if (others.isEmpty()) {
                instances.remove(change.application());
            }
        }
    }

    /** How many instances have which status, as Eureka writes it: {@code DOWN_1_UP_12_}. */
    String hash() {
        var counts = new TreeMap<String, Integer>();
        instances.values().forEach(all -> all.values().forEach(one -> counts.merge(one.status(), 1, Integer::sum)));
        var hash = new StringBuilder();
        counts.forEach(
                (status, count) -> hash.append(status).append('_').append(count).append('_'));
        return hash.toString();
    }

    /** Those of an application that are up. */
    List<Endpoint> endpoints(String application) {
        var endpoints = new ArrayList<Endpoint>();
        for (var instance : instances.getOrDefault(application, Map.of()).values()) {
            var endpoint = instance.endpoint();
            if (endpoint != null) {
                endpoints.add(endpoint);
            }
        }
        return List.copyOf(endpoints);
    }
}
