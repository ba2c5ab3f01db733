package io.suimon.dataplane.health;

import io.netty.bootstrap.Bootstrap;
import io.suimon.dataplane.http1.HeadBuffer;
import io.suimon.dataplane.http1.Http1Limits;
import io.suimon.dataplane.http1.ResponseParser;
import io.suimon.dataplane.upstream.LoopTimer;
import io.suimon.dataplane.upstream.NameResolver;
import io.suimon.engine.http.ResponseHead;
import java.util.ArrayDeque;
import java.util.Deque;

/** What all probes share. */
final class ProbeLoop {

    /**
     * Bounds of what probes hold on to.
     *
     * @param probesPerConnection one after the other
     * @param idleConnections of all nodes
     */
    record Limits(int probesPerConnection, int idleConnections) {}

    private static final Http1Limits HTTP = Http1Limits.DEFAULT;

    private static final int SPARE_HEADS = 256;

    private final Bootstrap bootstrap;
    private final LoopTimer timer;
    private final NameResolver names;
    private final ProbeTls tls;
    private final Limits limits;
    private final ProbeCounts counts = new ProbeCounts();
    private final ResponseParser parser = new ResponseParser(HTTP);
    private final ResponseHead response = new ResponseHead();
    private final Deque<HeadBuffer> heads = new ArrayDeque<>();
    private int idle;
    private int dealt;

    /** @param bootstrap makes connections on this loop; its handler is set for each */
    ProbeLoop(Bootstrap bootstrap, LoopTimer timer, NameResolver names, ProbeTls tls, Limits limits) {
        this.bootstrap = bootstrap;
        this.timer = timer;
        this.names = names;
        this.tls = tls;
        this.limits = limits;
    }

    Bootstrap bootstrap() {
        return bootstrap;
    }

    LoopTimer timer() {
        return timer;
    }

    NameResolver names() {
        return names;
    }

    ProbeTls tls() {
        return tls;
    }

    /** What probes came to. */
    ProbeCounts counts() {
        return counts;
    }

    /** Used within one call only. */
    ResponseParser parser() {
        return parser;
    }

    /** Where a head goes; valid until the next one is read. */
    ResponseHead freshResponse() {
        response.reset();
        return response;
    }

    Http1Limits http() {
        return HTTP;
    }

    /** To collect a head in, until it is {@link #giveBack given back}. */
    HeadBuffer takeHeadBuffer() {
        var spare = heads.poll();
        return spare == null ? new HeadBuffer(HTTP.headBytes(), HTTP.lineBytes()) : spare;
    }

    void giveBack(HeadBuffer buffer) {
        if (heads.size() < SPARE_HEADS) {
            buffer.clear();
            heads.push(buffer);
        }
    }

    int probesPerConnection() {
        return limits.probesPerConnection();
    }

    /** Another number each time, up to that: where many nodes come at once, their connections end one after the other. */
    int someProbesPerConnection() {
        dealt = (dealt + 1) % Math.max(1, limits.probesPerConnection());
        return dealt + 1;
    }

    /** Whether one more connection may wait for the next probe. */
    boolean mayKeep() {
        return idle < limits.idleConnections();
    }

    void kept() {
        idle++;
    }

    void taken() {
        idle--;
    }
}
