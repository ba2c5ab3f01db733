package io.suimon.dataplane.discovery.kubernetes;

import io.suimon.engine.resource.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a cluster has, by service. Thread-safe. */
final class EndpointTable {

    /** More objects of a cluster are an error: they would take more memory than a node has. */
    static final int MAX_OBJECTS = 200_000;

    /** So are more addresses in them. */
    static final int MAX_ADDRESSES = 1_000_000;

    private final Map<String, EndpointObject> objects = new HashMap<>();
    private final Map<String, Map<String, EndpointObject>> services = new HashMap<>();
    private long addresses;

    /**
     * Takes in an object that is new, or was changed.
     *
     * @return the services that may have changed
     */
    synchronized Set<String> put(EndpointObject object) {
        var before = objects.put(object.name(), object);
        if (object.equals(before)) {
            return Set.of();
        }
        var changed = new HashSet<String>();
        unlink(before, changed);
        link(object, changed);
        return changed;
    }

    /** An object is no more. */
    synchronized Set<String> remove(String name) {
        var changed = new HashSet<String>();
        unlink(objects.remove(name), changed);
        return changed;
    }

    /** These objects, and no others. */
    synchronized Set<String> replace(Map<String, EndpointObject> all) {
        var changed = new HashSet<String>();
        for (var before : List.copyOf(objects.values())) {
            if (!before.equals(all.get(before.name()))) {
                objects.remove(before.name());
                unlink(before, changed);
            }
        }
        all.forEach((name, object) -> {
            if (objects.put(name, object) == null) {
                link(object, changed);
            }
        });
        return changed;
    }

    synchronized int size() {
        return objects.size();
    }

    /** Whether it has more than it may. */
    synchronized boolean isOverfull() {
        return objects.size() > MAX_OBJECTS || addresses > MAX_ADDRESSES;
    }

    private void link(EndpointObject object, Set<String> changed) {
        if (!object.service().isEmpty()) {
            // In the order of names: a service's endpoints stay in their places.
            services.computeIfAbsent(object.service(), one -> new TreeMap<>()).put(object.name(), object);
            changed.add(object.service());
            addresses += object.addresses();
        }
    }

    private void unlink(@Nullable EndpointObject object, Set<String> changed) {
        if (object == null || object.service().isEmpty()) {
            return;
        }
        changed.add(object.service());
        addresses -= object.addresses();
        services.computeIfPresent(object.service(), (service, parts) -> {
            parts.remove(object.name());
            return parts.isEmpty() ? null : parts;
        });
    }

    /** The endpoints of a service at a port. */
    synchronized List<Endpoint> endpoints(String service, String port, int weight) {
        var endpoints = new ArrayList<Endpoint>();
        for (var part : services.getOrDefault(service, Map.of()).values()) {
            part.groups().forEach(group -> endpoints.addAll(group.at(port, weight)));
        }
        return endpoints;
    }

    /** Tells all there is, by service in the order of names. */
    synchronized void forEach(BiConsumer<String, List<EndpointGroup>> reader) {
        new TreeMap<>(services)
                .forEach((service, parts) -> reader.accept(
                        service,
                        parts.values().stream()
                                .flatMap(part -> part.groups().stream())
                                .toList()));
    }
}
