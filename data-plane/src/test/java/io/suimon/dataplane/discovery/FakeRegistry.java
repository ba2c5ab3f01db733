package io.suimon.dataplane.discovery;

import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.Upstream.Discovery;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A registry that says what a test tells it to. */
public final class FakeRegistry implements Registry {

    private final Map<String, ServiceSink> sinks = new ConcurrentHashMap<>();
    private final Map<String, List<Endpoint>> known = new ConcurrentHashMap<>();

    /** From now on; those who follow the service hear of it at once. */
    public void has(String service, Endpoint... endpoints) {
        known.put(service, List.of(endpoints));
        var sink = sinks.get(service);
        if (sink != null) {
            sink.found(List.of(endpoints));
        }
    }

    /** Does not say what a service has that is followed. */
    public void fails(String service, String reason) {
        Objects.requireNonNull(sinks.get(service)).failed(reason);
    }

    /** Whether anybody follows this. */
    public boolean isFollowed(String service) {
        return sinks.containsKey(service);
    }

    @Override
    public String type() {
        return "fake";
    }

    @Override
    public Watch watch(Discovery service, ServiceSink sink) {
        var name = service.serviceName();
        sinks.put(name, sink);
        var endpoints = known.get(name);
        if (endpoints != null) {
            sink.found(endpoints);
        }
        return () -> sinks.remove(name);
    }

    @Override
    public Optional<String> dump() {
        return Optional.of("{\"services\":{}}");
    }

    @Override
    public void close() {
        known.clear();
    }
}
