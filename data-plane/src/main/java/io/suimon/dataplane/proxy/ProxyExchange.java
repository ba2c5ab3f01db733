package io.suimon.dataplane.proxy;

import io.netty.buffer.ByteBuf;
import io.suimon.dataplane.http1.FieldLines;
import io.suimon.dataplane.http1.RequestParser;
import io.suimon.dataplane.http2.StreamEnd;
import io.suimon.dataplane.upstream.EndpointPool;
import io.suimon.dataplane.upstream.OriginConnection;
import io.suimon.engine.compile.RouteRuntime;
import io.suimon.engine.compile.RouteRuntime.Destination;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.Headers;
import io.suimon.engine.http.RequestHead;
import io.suimon.engine.http.ResponseHead.Source;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.resource.Upstream;
import org.jspecify.annotations.Nullable;

/** The life of one exchange after another on one connection: match, filter, forward or answer, log. */
final class ProxyExchange implements RequestPhases.Outcome {

    private final TrafficLoop loop;
    private final DownstreamConnection client;
    private final Exchange exchange;
    private final RequestParser parser;
    private final RequestBody body;
    private final ClientFields clientFields;
    private final RequestWriter requestWriter;
    private final RequestPhases phases;
    private final ClientResponse response;
    private final Forwarding forwarding;
    private final Departure departure;
    private Runtime runtime = Runtime.EMPTY;
    private @Nullable RouteRuntime route;
    private @Nullable OriginConnection sink;
    private @Nullable Tunnel tunnel;
    private boolean running;
    private boolean beforeRouting;

    ProxyExchange(TrafficLoop loop, DownstreamConnection client, Exchange exchange, RequestParser parser) {
        this.loop = loop;
        this.client = client;
        this.exchange = exchange;
        this.parser = parser;
        this.body = new RequestBody(loop, exchange, loop.settings().http());
        this.clientFields = new ClientFields(exchange, loop.settings());
        this.requestWriter = new RequestWriter(loop, exchange, clientFields);
        this.phases = new RequestPhases(loop, exchange, this);
        this.response = new ClientResponse(loop, client, exchange, phases);
        this.forwarding = new Forwarding(loop, exchange, this);
        this.departure = new Departure(loop, exchange, parser, this, forwarding);
    }

    RequestHead request() {
        return exchange.request();
    }

    /** Begins with the request whose head was just parsed. */
    void start(int headLength, long requests) {
        running = true;
        route = null;
        loop.counters().requests.add(1);
        loop.counters().running.add(1);
        runtime = loop.runtime();
        exchange.reset(runtime.consumers());
        var timing = exchange.timing();
        timing.startNanos = loop.timer().now();
        timing.startMillis = loop.millis();
        timing.requestBytes = headLength;
        timing.connectionRequests = requests;
        response.reset();
        clientFields.read(parser);
        body.begin(parser.fields());
        if (loop.settings().paths().any() && !loop.settings().paths().apply(exchange)) {
            reply(Decision.reply(400));
            return;
        }
        if (!runtime.admits(exchange)) {
            phases.globalOnly(Runtime.EMPTY);
            reply(Decision.reply(400));
            return;
        }
        if (body.isTooLong()) {
            refuseBody(body.tooLong());
            return;
        }
        beforeRouting = runtime.matchesOnBody();
        if (!beforeRouting || bodyNeeded()) {
            match();
        }
    }

    @Override
    public boolean bodyNeeded() {
        if (!body.keep()) {
            refuseBody(body.tooLong());
            return false;
        }
        if (body.complete()) {
            return true;
        }
        proceedIfExpected();
        client.process();
        return false;
    }

    @Override
    public boolean bodyNeeded(Decision.ReadBody read) {
        body.keepAtMost(read);
        return bodyNeeded();
    }

    private void proceedIfExpected() {
        if (body.call()) {
            response.writer().proceed();
        }
    }

    private void match() {
        beforeRouting = false;
        var matched = runtime.match(exchange);
        route = matched;
        if (matched != null
                && matched.target() instanceof Destination.Unavailable(int status, boolean beforeFilters)
                && beforeFilters) {
            phases.globalOnly(runtime);
            reply(Decision.reply(status));
            return;
        }
        phases.start(runtime, matched);
    }

    @Override
    public void accessGranted() {
        var taken = route;
        if (taken == null) {
            reply(LocalReply.NO_ROUTE);
            return;
        }
        switch (taken.target()) {
            case Destination.Unavailable unavailable -> reply(Decision.reply(unavailable.status()));
            case Destination.Proxy proxy -> departure.begin(proxy, taken.enableWebsocket());
        }
    }

    /** An endpoint was picked: the last filters run. */
    void picked() {
        phases.beforeProxy();
    }

    @Override
    public void readyToSend() {
        forwarding.send();
    }

    @Override
    public void suspended() {
        client.awaitFilter();
    }

    /** Bytes of the request so far. */
    long requestBytes() {
        return exchange.timing().requestBytes;
    }

    /** Whom an endpoint is asked to be in a TLS handshake: the host it is sent, without a port. */
    String serverName(Upstream upstream, EndpointPool endpoint) {
        return requestWriter.serverName(parser, upstream, endpoint);
    }

    RequestPhases phases() {
        return phases;
    }

    /** Sends the request on a connection. */
    void send(OriginConnection to, Upstream upstream, EndpointPool endpoint, boolean upgrade) {
        requestWriter.write(
                parser, upstream, endpoint, upgrade, to.outbox(), body.complete() ? 0 : client.pendingBytes());
        sink = to;
        if (body.forward(to)) {
            to.flush();
            to.awaitResponse();
            return;
        }
        if (client.pendingBytes() == 0) {
            to.flush();
            to.awaitNothing();
            proceedIfExpected();
        }
        client.process();
    }

    /** Offers bytes that the client sent. Returns whether any were taken. */
    boolean offer(ByteBuf in) {
        var to = sink;
        switch (body.offer(in)) {
            case NOTHING -> {
                return false;
            }
            case ALL -> {
                if (to != null) {
                    to.flushPart();
                }
            }
            case COMPLETE -> bodyComplete(to);
            case BAD -> refuseBody(Decision.reply(400));
            case TOO_LARGE -> refuseBody(body.tooLong());
        }
        return true;
    }

    private void bodyComplete(@Nullable OriginConnection to) {
        if (body.isKept()) {
            exchange.requestBody(body.kept());
            Runnable next = beforeRouting ? this::match : phases::bodyRead;
            next.run();
        } else if (to != null) {
            to.flush();
            to.awaitResponse();
        } else {
            endIfComplete();
        }
    }

    /** The client's body cannot be read on: nothing behind it can be. */
    private void refuseBody(Decision.Reply reply) {
        loop.counters().refused(Refusal.of(reply.status()));
        beforeRouting = false;
        client.closeAfterResponse();
        phases.cancel();
        departure.withdraw();
        sink = null;
        if (response.started()) {
            abort();
        } else {
            body.discard();
            reply(reply);
        }
    }

    /** Goes on with the client's body. */
    void pullBody() {
        client.process();
    }

    RequestBody body() {
        return body;
    }

    ResponseWriter writer() {
        return response.writer();
    }

    /** No endpoint answered; {@code gaveUp} when another was to be asked and none was. */
    void unanswered(int status, boolean gaveUp) {
        sink = null;
        body.hold();
        UpstreamStatus.show(exchange, gaveUp);
        answer(Decision.reply(status), Source.PROXY_ERROR);
    }

    @Override
    public void reply(Decision.Reply reply) {
        departure.withdraw();
        answer(reply, Source.GATEWAY);
    }

    private void answer(Decision.Reply reply, Source source) {
        phases.cancel();
        if (LocalReply.isSilent(reply)) {
            exchange.response().status(reply.status());
            abort();
            return;
        }
        response.local(reply, source, client.keepAlive() && !body.heldBack() && body.isShort());
        body.discard();
        response.end(null);
        endIfComplete();
    }

    /** The head of the upstream's response arrived. */
    void answered(FieldLines fields, long length, int ready) {
        response.head(fields, length, ready);
    }

    void responsePart(ByteBuf in, int length) {
        if (tunnel != null) {
            tunnel.begin(in, length);
        } else {
            response.writer().part(in, length);
        }
    }

    /** The response is complete, but for what is still to be flushed. */
    void responseEnded(Headers trailers) {
        sink = null;
        if (!body.complete()) {
            body.discard();
        }
        response.end(trailers);
    }

    void over() {
        endIfComplete();
    }

    void readCompleted() {
        client.flush();
        forwarding.paused(!client.isWritable());
    }

    /** The client takes more of the response. */
    void writable() {
        forwarding.paused(false);
    }

    /**
     * The upstream went away in the middle of its response: so does the connection, or the client would take it for whole.
     *
     * @param code with which the upstream reset its stream; {@link StreamEnd#NO_CODE} where it did not
     */
    void brokenOff(long code) {
        if (code != StreamEnd.NO_CODE) {
            client.outbox().flush();
            client.outbox().reset(code);
        }
        abort();
    }

    /** Protocols were switched: from now on bytes go both ways as they are. */
    void switched(FieldLines fields, OriginConnection origin, long idleNanos) {
        sink = null;
        response.switched(fields);
        tunnel = client.join(origin, exchange.timing(), idleNanos);
    }

    private void endIfComplete() {
        if (!running || !response.complete()) {
            return;
        }
        boolean close = response.writer().close();
        if (body.complete()) {
            end();
            client.exchangeEnded(!close);
        } else if (close || !body.isShort()) {
            end();
            client.closeWithUnread();
        } else {
            client.process();
        }
    }

    /** Ends it without more of an answer, and its connection with it. */
    private void abort() {
        client.outbox().flush();
        client.close();
    }

    /** The connection is gone. */
    void clientGone() {
        if (!running) {
            return;
        }
        if (tunnel != null) {
            tunnel.stop();
            tunnel = null;
        }
        if (response.wouldPassForWhole()) {
            client.outbox().breakOff();
        }
        phases.cancel();
        departure.withdraw();
        sink = null;
        if (exchange.response().status() == 0) {
            exchange.response().status(499);
        }
        response.log();
        end();
    }

    private void end() {
        running = false;
        // An idle connection must not keep a configuration alive that nobody runs any more.
        runtime = Runtime.EMPTY;
        route = null;
        phases.forget();
        loop.counters().running.add(-1);
    }
}
