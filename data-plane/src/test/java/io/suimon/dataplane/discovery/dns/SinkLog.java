package io.suimon.dataplane.discovery.dns;

import io.suimon.dataplane.discovery.ServiceSink;
import io.suimon.engine.resource.Endpoint;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a registry said of a service. */
final class SinkLog implements ServiceSink {

    final AtomicInteger answers = new AtomicInteger();
    final AtomicInteger failures = new AtomicInteger();
    volatile @Nullable List<Endpoint> endpoints;
    volatile String failure = "";

    @Override
    public void found(List<Endpoint> now) {
        endpoints = List.copyOf(now);
        failure = "";
        answers.incrementAndGet();
    }

    @Override
    public void failed(String reason) {
        failure = reason;
        failures.incrementAndGet();
    }

    /** As {@code host:port weight priority}, in the registry's order. */
    List<String> places() {
        var now = endpoints;
        return now == null
                ? List.of("nothing yet")
                : now.stream()
                        .map(one -> "%s %d %d".formatted(one, one.weight(), one.priority()))
                        .toList();
    }
}
