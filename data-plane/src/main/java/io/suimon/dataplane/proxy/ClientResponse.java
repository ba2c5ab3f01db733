package io.suimon.dataplane.proxy;

import io.suimon.dataplane.http1.FieldLines;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.Headers;
import io.suimon.engine.http.ResponseHead.Source;
import io.suimon.engine.plugin.Decision;
import org.jspecify.annotations.Nullable;

/** What the client is answered: shown to the response filters, written, and told to whoever keeps a log. */
final class ClientResponse {

    private final TrafficLoop loop;
    private final DownstreamConnection client;
    private final Exchange exchange;
    private final RequestPhases phases;
    private final ResponseWriter writer;
    private boolean complete;
    private boolean logged;

    ClientResponse(TrafficLoop loop, DownstreamConnection client, Exchange exchange, RequestPhases phases) {
        this.loop = loop;
        this.client = client;
        this.exchange = exchange;
        this.phases = phases;
        this.writer = new ResponseWriter(loop, exchange, client.outbox());
    }

    /** Forgets the response before. */
    void reset() {
        complete = false;
        logged = false;
        writer.reset();
    }

    ResponseWriter writer() {
        return writer;
    }

    /** Whether the client was sent a part of it. */
    boolean started() {
        return complete || writer.started();
    }

    /** Whether all of it was written. */
    boolean complete() {
        return complete;
    }

    /** Whether the end of the connection would pass for that of the body, which it is not. */
    boolean wouldPassForWhole() {
        return !complete && writer.endsWithConnection();
    }

    /** Writes an answer of the gateway's own, but for its {@link #end}. */
    void local(Decision.Reply reply, Source source, boolean keepAlive) {
        var local = LocalReply.of(reply);
        local.applyTo(exchange, reply, source);
        phases.response();
        byte[] bytes = local.body();
        int length = bytes == null ? 0 : bytes.length;
        writer.head(null, local.sized() && bytes != null ? length : -1, keepAlive, length);
        if (bytes != null) {
            writer.whole(bytes);
        }
    }

    /** Writes the head that the upstream sent. */
    void head(FieldLines fields, long length, int ready) {
        var response = exchange.response();
        response.source(Source.UPSTREAM);
        if (fields.namesOthers()) {
            fields.dropNamedByConnection(response.headers());
        }
        if (response.status() >= 500 || loop.settings().showUpstreamStatus()) {
            UpstreamStatus.show(exchange, false);
        }
        phases.response();
        writer.head(fields, length, client.keepAlive(), ready);
    }

    /** Writes the head of a switch of protocols. */
    void switched(FieldLines fields) {
        exchange.response().source(Source.UPSTREAM);
        phases.response();
        writer.switched(fields);
    }

    /** Nothing of the body follows any more, but these fields behind it. */
    void end(@Nullable Headers trailers) {
        writer.end(trailers);
        log();
        complete = true;
        client.flush();
    }

    /** Tells of the exchange as it ended; more than once is once. */
    void log() {
        if (logged) {
            return;
        }
        logged = true;
        exchange.timing().endNanos = loop.timer().now();
        phases.log();
        loop.log().finished(exchange);
    }
}
