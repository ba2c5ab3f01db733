package io.suimon.dataplane.proxy;

import io.netty.channel.EventLoop;
import io.suimon.dataplane.upstream.EndpointSource;
import io.suimon.dataplane.upstream.LoopTimer;
import io.suimon.dataplane.upstream.OriginLoop;
import io.suimon.dataplane.upstream.Upstreams;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.text.WireText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all exchanges of one event loop share: nothing of it is seen by another loop, but for the counts. */
public final class TrafficLoop {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final EventLoop eventLoop;
    private final ProxySettings settings;
    private final Supplier<Runtime> runtime;
    private final ExchangeLog log;
    private final LoopTimer timer;
    private final Upstreams upstreams;
    private final EndpointSource endpoints;
    private final LoopCounters counters = new LoopCounters();
    private final Set<OpenConnection> connections = new LinkedHashSet<>();
    private final QuietLog quietLog = new QuietLog();
    private final byte[] serverLine;
    private byte[] dateLine = {};
    private byte[] scratch = new byte[4096];
    private long second = -1;
    private long shownMillis;
    private long shownNanos;
    private boolean draining;
    private @Nullable ScheduledFuture<?> ticking;

    /**
     * @param runtime asked once per request
     * @param log told of every exchange
     * @param origins of this loop, and nobody else's
     */
    public TrafficLoop(
            EventLoop eventLoop,
            ProxySettings settings,
            Supplier<Runtime> runtime,
            ExchangeLog log,
            OriginLoop origins) {
        this.eventLoop = eventLoop;
        this.settings = settings;
        this.runtime = runtime;
        this.log = log;
        this.timer = origins.timer();
        this.endpoints = origins.endpoints();
        this.upstreams = new Upstreams(origins, ThreadLocalRandom.current());
        this.serverLine = WireText.bytes("Server: " + settings.serverToken() + "\r\n");
        showTime();
    }

    /** Begins to tick, on the event loop. */
    public void start() {
        ticking = eventLoop.scheduleAtFixedRate(
                this::tick, LoopTimer.TICK_NANOS, LoopTimer.TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        timer.tick();
        showTime();
    }

    private void showTime() {
        shownMillis = System.currentTimeMillis();
        shownNanos = timer.now();
        long now = shownMillis / 1000;
        if (now != second) {
            second = now;
            dateLine = WireText.bytes("Date: " + HTTP_DATE.format(Instant.ofEpochSecond(now)) + "\r\n");
            upstreams.sweep();
        }
    }

    /** Lets running exchanges end and closes every connection behind them; idle ones at once. Touched on the loop only. */
    public void drain() {
        draining = true;
        for (var connection : List.copyOf(connections)) {
            connection.drain();
        }
    }

    /** Closes every connection as it is. Touched on the loop only. */
    public void close() {
        draining = true;
        for (var connection : new ArrayList<>(connections)) {
            connection.close();
        }
        upstreams.drain();
        if (ticking != null) {
            ticking.cancel(false);
        }
    }

    /** How many connections of clients there are; on the loop only. */
    public int connections() {
        return connections.size();
    }

    /** One more connection, until {@link #closed}. */
    public void opened(OpenConnection connection) {
        connections.add(connection);
        counters.accepted.add(1);
        counters.active.add(1);
    }

    /** The same connection, in other hands. */
    void replaced(OpenConnection before, OpenConnection after) {
        connections.remove(before);
        connections.add(after);
    }

    /** It is gone; more than once is once. */
    public void closed(OpenConnection connection) {
        if (connections.remove(connection)) {
            counters.active.add(-1);
        }
    }

    /** Counts of this loop, for any thread. */
    public LoopCounters counters() {
        return counters;
    }

    /** Whether no new connection is to stay. */
    public boolean draining() {
        return draining;
    }

    /** How long a client may take over its next request. */
    long nextRequestNanos() {
        var times = settings.times();
        return draining ? Math.min(times.lastRequest(), times.idle()) : times.idle();
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    /** How exchanges are treated. */
    public ProxySettings settings() {
        return settings;
    }

    Runtime runtime() {
        return runtime.get();
    }

    ExchangeLog log() {
        return log;
    }

    /** Milliseconds since the epoch, by the clock as it was at the last tick. */
    long millis() {
        return shownMillis + TimeUnit.NANOSECONDS.toMillis(timer.now() - shownNanos);
    }

    /** The time of this loop. */
    public LoopTimer timer() {
        return timer;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    EndpointSource endpoints() {
        return endpoints;
    }

    QuietLog quietLog() {
        return quietLog;
    }

    /** {@code Server: …} with its line end. */
    byte[] serverLine() {
        return serverLine;
    }

    /** {@code Date: …} with its line end, at most a tick old. */
    byte[] dateLine() {
        return dateLine;
    }

    /** An array to build a head in, valid until the next one is built. */
    byte[] scratch(int size) {
        if (scratch.length < size) {
            scratch = new byte[Math.max(size, scratch.length * 2)];
        }
        return scratch;
    }
}
