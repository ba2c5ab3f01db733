package io.suimon.dataplane.discovery.dns;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.discovery.ServiceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks for one service again and again, whenever what was found expires. Of the registry's event loop, but for {@link #close}. */
final class FollowedName implements Registry.Watch {

    private static final long FIRST_PAUSE_MILLIS = 1000;
    private static final long LONGEST_PAUSE_MILLIS = 15_000;

    private final EventLoop loop;
    private final LookupGate gate;
    private final DnsTimes times;
    private final List<RecordKind> order;
    private final ServiceName service;
    private final Lookup lookup;
    private final ServiceSink sink;
    private @Nullable RecordKind last;
    private @Nullable Future<?> next;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private boolean closed;

    FollowedName(DnsLoop dns, ServiceName service, ServiceSink sink) {
        this.loop = dns.loop();
        this.gate = dns.gate();
        this.times = dns.times();
        this.order = dns.order();
        this.service = service;
        this.lookup = new Lookup(dns.client(), service.port());
        this.sink = sink;
    }

    void start() {
        loop.execute(this::enter);
    }

    private void enter() {
        gate.enter(this::look);
    }

    private void look() {
        if (closed) {
            gate.leave();
            return;
        }
        var unused = lookup.look(service.name(), kinds()).whenComplete((outcome, defect) -> {
            tell(defect == null ? outcome : new Outcome.Failed("defect: " + defect, true));
            gate.leave();
        });
    }

    private List<RecordKind> kinds() {
        var kinds = new ArrayList<RecordKind>();
        for (var kind : order) {
            var meant = kind == RecordKind.LAST ? last : kind;
            if (meant != null && !kinds.contains(meant)) {
                kinds.add(meant);
            }
        }
        return kinds;
    }

    private void tell(Outcome outcome) {
        if (closed) {
            return;
        }
        switch (outcome) {
            case Outcome.Found(var endpoints, var kind, var ttl) -> {
                last = kind;
                sink.found(endpoints);
                pauseMillis = FIRST_PAUSE_MILLIS;
                again(times.pauseMillis(ttl));
            }
            case Outcome.Nothing nothing -> {
                sink.found(List.of());
                pauseMillis = FIRST_PAUSE_MILLIS;
                again(times.negativeMillis());
            }
            case Outcome.Failed(var reason, var silent) -> {
                sink.failed(reason);
                again(pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis / 2 + 1));
                pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private void again(long millis) {
        next = loop.schedule(this::enter, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        if (loop.isShuttingDown()) {
            return;
        }
        loop.execute(() -> {
            closed = true;
            if (next != null) {
                next.cancel(false);
            }
        });
    }
}
