package io.suimon.dataplane.discovery.http;

import io.suimon.dataplane.discovery.ServiceSink;
import io.suimon.engine.resource.Endpoint;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what a registry told. */
public final class Told implements ServiceSink {

    private final List<List<Endpoint>> found = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger tellers = new AtomicInteger();
    private volatile boolean tellersOverlapped;

    @Override
    public void found(List<Endpoint> endpoints) {
        tell(() -> found.add(endpoints));
    }

    @Override
    public void failed(String reason) {
        tell(() -> failures.add(reason));
    }

    private void tell(Runnable what) {
        tellersOverlapped |= tellers.incrementAndGet() > 1;
        what.run();
        tellers.decrementAndGet();
    }

    /** How often something was found. */
    public int answers() {
        return found.size();
    }

    /** The newest endpoints, as {@code host:port weight}; a word where there was no answer yet. */
    public List<String> places() {
        return found.isEmpty()
                ? List.of("nothing told")
                : found.getLast().stream().map(one -> one + " " + one.weight()).toList();
    }

    /** Why there was nothing, in order. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** Whether two threads told at a time. */
    public boolean overlapped() {
        return tellersOverlapped;
    }
}
