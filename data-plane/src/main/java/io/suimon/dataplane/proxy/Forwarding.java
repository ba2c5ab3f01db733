package io.suimon.dataplane.proxy;

import io.netty.buffer.ByteBuf;
import io.suimon.dataplane.http1.FieldLines;
import io.suimon.dataplane.http2.StreamEnd;
import io.suimon.dataplane.tls.OriginPeer;
import io.suimon.dataplane.upstream.EndpointPool;
import io.suimon.dataplane.upstream.Failure;
import io.suimon.dataplane.upstream.LoopTimer;
import io.suimon.dataplane.upstream.LoopUpstream;
import io.suimon.dataplane.upstream.OriginConnection;
import io.suimon.dataplane.upstream.OriginExchange;
import io.suimon.engine.balance.LoadBalancer;
import io.suimon.engine.compile.RouteRuntime.Destination;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.Headers;
import io.suimon.engine.http.ResponseHead;
import io.suimon.engine.http.UpstreamAttempt;
import io.suimon.engine.resource.Timeouts;
import io.suimon.engine.tls.ClientIdentity;
import java.net.InetSocketAddress;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gets one request to an endpoint and its response back: who is asked, how often, and what becomes of it. */
final class Forwarding implements OriginExchange {

    private final TrafficLoop loop;
    private final LoopTimer clock;
    private final Exchange exchange;
    private final ProxyExchange proxy;
    private final BitSet tried = new BitSet();
    private @Nullable LoopUpstream upstream;
    private @Nullable EndpointPool pool;
    private @Nullable OriginConnection connection;
    private @Nullable UpstreamAttempt attempt;
    private @Nullable UpstreamAttempt first;
    private Timeouts timeouts = Timeouts.DEFAULT;
    private @Nullable ClientIdentity identity;
    private int picked = LoadBalancer.NONE;
    private int triesLeft;
    private long retryUntil;
    private long tryStarted;
    private boolean freshTryLeft;
    private boolean headStarted;
    private boolean upgrade;
    private int ticket;

    Forwarding(TrafficLoop loop, Exchange exchange, ProxyExchange proxy) {
        this.loop = loop;
        this.clock = loop.timer();
        this.exchange = exchange;
        this.proxy = proxy;
    }

    /** Begins with the endpoints of an upstream that has some. */
    void start(LoopUpstream to, Destination.Proxy route, boolean upgrading) {
        upstream = to;
        timeouts = route.timeouts();
        identity = route.identity();
        upgrade = upgrading;
        triesLeft = to.tries();
        freshTryLeft = true;
        headStarted = false;
        if (!tried.isEmpty()) {
            tried.clear();
        }
        tryStarted = clock.now();
        to.begins(tryStarted);
        long patience = to.target().upstream().retryTimeout().toNanos();
        retryUntil = patience == 0 ? Long.MAX_VALUE : tryStarted + patience;
        pick();
    }

    private LoopUpstream upstream() {
        return Objects.requireNonNull(upstream);
    }

    private void pick() {
        if (next()) {
            proxy.picked();
        }
    }

    /** Picks somebody to ask. Returns whether there is anybody left; where not, the client is told. */
    private boolean next() {
        picked = upstream().pick(exchange, tried);
        if (picked == LoadBalancer.NONE) {
            giveUp();
            return false;
        }
        triesLeft--;
        pool = upstream().pool(picked);
        attempt = attemptAt(pool.address(), pool.host());
        exchange.attempts().add(attempt);
        return true;
    }

    /** One for the exchange's first try serves all exchanges of the connection: few need another. */
    private UpstreamAttempt attemptAt(InetSocketAddress address, String host) {
        if (!exchange.attempts().isEmpty()) {
            return new UpstreamAttempt(address, host);
        }
        var kept = first;
        if (kept == null) {
            kept = new UpstreamAttempt(address, host);
            first = kept;
        } else {
            kept.reset(address, host);
        }
        return kept;
    }

    /** Nobody is left to ask. */
    private void giveUp() {
        boolean asked = !exchange.attempts().isEmpty();
        proxy.unanswered(asked ? 502 : 503, asked);
    }

    /** Sends the request to the endpoint that was picked. */
    void send() {
        tryStarted = clock.now();
        var to = Objects.requireNonNull(pool);
        to.acquire(this, timeouts, upstream().target().upstream().scheme().isEncrypted() ? peer(to) : null);
    }

    private OriginPeer peer(EndpointPool to) {
        return new OriginPeer(proxy.serverName(upstream().target().upstream(), to), identity);
    }

    @Override
    public int ticket() {
        return ticket;
    }

    @Override
    public void connecting(OriginConnection made) {
        connection = made;
    }

    /** The endpoint picked is not asked after all, or its answer is of no more interest. */
    void withdraw() {
        ticket++;
        if (picked != LoadBalancer.NONE) {
            release(LoadBalancer.UNKNOWN);
        }
        var open = connection;
        connection = null;
        if (open != null) {
            open.abandon();
        } else if (pool != null) {
            pool.forget(this);
        }
    }

    private void release(long nanos) {
        int done = picked;
        picked = LoadBalancer.NONE;
        if (done != LoadBalancer.NONE) {
            upstream().release(done, nanos);
        }
    }

    private UpstreamAttempt attempt() {
        return Objects.requireNonNull(attempt);
    }

    @Override
    public void connected(OriginConnection made) {
        connection = made;
        nameAddress(made.address());
        attempt().connectNanos = clock.now() - tryStarted;
        proxy.send(made, upstream().target().upstream(), Objects.requireNonNull(pool), upgrade);
    }

    /** A name has an address only now. */
    private void nameAddress(InetSocketAddress address) {
        if (attempt().address.isUnresolved()) {
            attempt().address = address;
        }
    }

    /** Stops the response while the client takes no more of it, or lets it go on. */
    void paused(boolean pause) {
        if (connection != null && headStarted) {
            connection.paused(pause);
        }
    }

    @Override
    public void failed(Failure failure) {
        var broken = connection;
        connection = null;
        int failedAt = picked;
        release(LoadBalancer.UNKNOWN);
        if (headStarted) {
            proxy.brokenOff(broken == null ? StreamEnd.NO_CODE : broken.resetCode());
            return;
        }
        boolean unseen = failure == Failure.REFUSED;
        boolean replayable = unseen ? proxy.body().mayReplay() : !proxy.body().touched();
        if (broken != null && freshTryLeft && replayable && (unseen || isDeadConnection(failure, broken))) {
            freshTryLeft = false;
            triesLeft++;
            exchange.attempts().removeLast();
            again();
            return;
        }
        if (failure == Failure.OVERLOAD) {
            loop.counters().refused(Refusal.UPSTREAM_PENDING);
        }
        note(failure);
        tried.set(failedAt);
        boolean again =
                triesLeft > 0 && failure.mayBeRetried() && replayable && (failure.beforeSending() || idempotent());
        boolean late = clock.now() > retryUntil;
        boolean denied =
                again && !late && !failure.reachedNobody() && !upstream().mayRetry(clock.now());
        upstream().failed(failedAt, failure, !again || denied);
        if (denied) {
            denied();
        }
        if (!again || denied) {
            proxy.unanswered(failure.status(), false);
        } else if (late) {
            proxy.unanswered(502, true);
        } else {
            retry(!failure.reachedNobody());
        }
    }

    /** One that was kept, and is found to be dead when something is asked that may be asked twice. */
    private boolean isDeadConnection(Failure failure, OriginConnection broken) {
        return failure == Failure.CLOSED && broken.reused() && idempotent();
    }

    private void again() {
        proxy.body().hold();
        pick();
    }

    private void note(Failure failure) {
        var failed = attempt();
        failed.status = failure.status();
        failed.totalNanos = clock.now() - tryStarted;
        if (failure == Failure.UNRESOLVED) {
            // A name without address was never somebody to ask.
            exchange.attempts().removeLast();
            triesLeft += upstream().hasChoice() ? 1 : 0;
        }
    }

    /** @param counts whether it is more load for the upstream, and so one of its retry budget */
    private void retry(boolean counts) {
        proxy.body().hold();
        if (!next()) {
            return;
        }
        if (counts) {
            upstream().retries(clock.now());
            loop.counters().retries.add(1);
        }
        proxy.picked();
    }

    private void denied() {
        loop.counters().retriesDenied.add(1);
        loop.quietLog().denied(upstream().target().upstream().key(), clock.now());
    }

    /** Whether sending it twice does what sending it once does, or near enough (nginx: all but these). */
    private boolean idempotent() {
        var changed = exchange.upstream().method();
        return switch (changed == null ? exchange.request().method() : changed) {
            case "POST", "LOCK", "PATCH" -> false;
            default -> true;
        };
    }

    @Override
    public ResponseHead responseHead() {
        return exchange.response();
    }

    @Override
    public boolean isHead() {
        var changed = exchange.upstream().method();
        return (changed == null ? exchange.request().method() : changed).equals("HEAD");
    }

    @Override
    public boolean upgrading() {
        return upgrade;
    }

    @Override
    public boolean requestSent() {
        return proxy.body().complete();
    }

    @Override
    public void informational(FieldLines fields) {
        proxy.writer().informational(fields);
    }

    @Override
    public void responseStarted(FieldLines fields, long length, int ready) {
        headStarted = true;
        proxy.body().seen();
        attempt().status = exchange.response().status();
        upstream().answered(picked, exchange.response().status());
        attempt().headerNanos = clock.now() - tryStarted;
        proxy.answered(fields, length, ready);
    }

    @Override
    public void responsePart(ByteBuf in, int length) {
        attempt().responseBytes += length;
        proxy.responsePart(in, length);
    }

    @Override
    public void responseEnded(Headers trailers) {
        long nanos = clock.now() - tryStarted;
        attempt().totalNanos = nanos;
        release(nanos);
        connection = null;
        proxy.responseEnded(trailers);
    }

    @Override
    public void over() {
        proxy.over();
    }

    @Override
    public void readCompleted() {
        proxy.readCompleted();
    }

    @Override
    public void writabilityChanged(boolean writable) {
        if (writable) {
            proxy.pullBody();
        }
    }

    @Override
    public void upgraded(FieldLines fields) {
        attempt().status = 101;
        proxy.switched(
                fields, Objects.requireNonNull(connection), timeouts.read().toNanos());
    }
}
