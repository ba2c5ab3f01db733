package io.suimon.dataplane.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.suimon.dataplane.http1.BodyReader;
import io.suimon.dataplane.http1.HeadBuffer;
import io.suimon.dataplane.http1.KnownField;
import io.suimon.dataplane.http2.StreamEnd;
import io.suimon.dataplane.tls.OriginPeer;
import io.suimon.engine.http.Headers;
import io.suimon.engine.resource.Timeouts;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an origin, or one stream of a connection: carries one exchange at a time, and reads its response.
 *
 * <p>A stream carries one exchange in all, and both directions at once: while anything passes in either, nothing is overdue.
 */
public final class OriginConnection extends ChannelInboundHandlerAdapter {

    private static final Headers NO_TRAILERS = new Headers();
    private static final int MAX_INFORMATIONAL = 16;

    private enum State {
        CONNECTING,
        IDLE,
        HEAD,
        BODY,
        TUNNEL,
        CLOSED
    }

    private final OriginKeeper keeper;
    private final OriginLoop loop;
    private final InetSocketAddress address;
    private final @Nullable OriginPeer peer;
    private final boolean stream;
    private final HeadBuffer head;
    private final BodyReader body;
    private final Due due;
    private State state = State.CONNECTING;
    private @Nullable Channel channel;
    private @Nullable OriginExchange exchange;
    private @Nullable Outbox outbox;
    private int requests;
    private int informational;
    private boolean keepAlive;
    private boolean paused;
    private long resetCode = StreamEnd.NO_CODE;

    /**
     * @param peer whom it is for; null where it is not encrypted
     * @param stream whether it is one stream of a connection
     */
    OriginConnection(
            OriginKeeper keeper,
            OriginLoop loop,
            InetSocketAddress address,
            @Nullable OriginPeer peer,
            boolean stream) {
        this.keeper = keeper;
        this.loop = loop;
        this.address = address;
        this.peer = peer;
        this.stream = stream;
        this.due = new Due(loop.timer(), stream, this::expire);
        this.head = new HeadBuffer(loop.http().headBytes(), loop.http().headBytes());
        this.body = new BodyReader(loop.http());
    }

    /** Where it leads. */
    public InetSocketAddress address() {
        return address;
    }

    @Nullable
    OriginPeer peer() {
        return peer;
    }

    /** Whether it served another exchange before this one, and so may turn out to be dead. */
    public boolean reused() {
        return requests > 1;
    }

    /** Whether it is a stream: both sides may take their time, as long as one of them says something. */
    public boolean isStream() {
        return stream;
    }

    /** With what the endpoint reset the stream; {@link StreamEnd#NO_CODE} where it did not. */
    public long resetCode() {
        return resetCode;
    }

    int requests() {
        return requests;
    }

    /** Waits for the connection to be made, on behalf of an exchange. */
    void begin(OriginExchange exchange, Channel channel, Timeouts timeouts) {
        this.exchange = exchange;
        this.channel = channel;
        this.outbox = new Outbox(channel);
        due.in(timeouts.connect().toNanos());
        due.take(timeouts);
        due.start();
        exchange.connecting(this);
    }

    /** Hands an idle or a new connection to an exchange. */
    void carry(OriginExchange exchange, Timeouts timeouts) {
        this.exchange = exchange;
        due.take(timeouts);
        requests++;
        informational = 0;
        paused = false;
        head.clear();
        state = State.HEAD;
        due.nothing();
        exchange.connected(this);
    }

    @Nullable
    OriginExchange waitingForConnection() {
        return state == State.CONNECTING ? exchange : null;
    }

    /** The connection itself, once it is made. */
    public Channel channel() {
        return java.util.Objects.requireNonNull(channel);
    }

    /** Protocols were switched: from now on this reads in place of the connection, which is left to {@link #abandon}. */
    public void handOver(ChannelHandler reader) {
        due.nothing();
        channel().pipeline().replace(this, null, reader);
    }

    /** What is to be sent. */
    public Outbox outbox() {
        return java.util.Objects.requireNonNull(outbox);
    }

    /** Hands what was written to the kernel. */
    public void flush() {
        outbox().flush();
        due.taking();
    }

    /** As {@link #flush}, with more to come: while the endpoint takes what there is, nothing is due. */
    public void flushPart() {
        flush();
        if (isWritable()) {
            awaitNothing();
        }
    }

    /** Whether more of the request should be written. */
    public boolean isWritable() {
        return channel().isWritable();
    }

    /** The whole request was written: from now on a response is due. */
    public void awaitResponse() {
        due.response();
    }

    /** The client is slow to send the rest: nothing is due, but for an endpoint that may answer before. */
    public void awaitNothing() {
        due.answerBeforeEnd();
    }

    /** Stops reading while the client takes no more, or goes on. */
    public void paused(boolean pause) {
        if (paused != pause && state != State.CLOSED) {
            paused = pause;
            channel().config().setAutoRead(!pause);
            due.paused(pause);
        }
    }

    /** Ends the exchange's interest: the connection is closed. */
    public void abandon() {
        exchange = null;
        close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        loop.timer().look();
        var in = (ByteBuf) message;
        try {
            read(in);
        } finally {
            in.release();
        }
    }

    private void read(ByteBuf in) {
        if (exchange == null) {
            close(); // nothing was asked: whatever this is, the connection cannot be trusted any more
            return;
        }
        due.heard();
        while (state == State.HEAD && in.isReadable()) {
            if (!readHead(in)) {
                return;
            }
        }
        if (state == State.BODY) {
            readBody(in);
        } else if (state == State.TUNNEL && in.isReadable()) {
            exchange.responsePart(in, in.readableBytes());
        }
    }

    /** Returns whether reading may go on. */
    private boolean readHead(ByteBuf in) {
        var taker = exchange;
        if (taker == null) {
            return false;
        }
        switch (head.collect(in)) {
            case INCOMPLETE -> {
                return false;
            }
            case LINE_TOO_LONG, TOO_LARGE -> {
                return fail(Failure.BAD_RESPONSE);
            }
            case COMPLETE -> {} // goes on below
        }
        var response = taker.responseHead();
        if (!loop.parser().parse(head.bytes(), head.length(), response)) {
            return fail(Failure.BAD_RESPONSE);
        }
        if (response.status() >= 200) {
            begin(taker, response.status(), in.readableBytes());
            return true;
        }
        return interim(taker, response.status());
    }

    private boolean interim(OriginExchange taker, int status) {
        var fields = loop.parser().fields();
        if (status == 101) {
            if (!taker.upgrading() || !fields.has(KnownField.UPGRADE)) {
                return fail(Failure.BAD_RESPONSE);
            }
            state = State.TUNNEL;
            taker.upgraded(fields);
            return true;
        }
        if (++informational > MAX_INFORMATIONAL) {
            return fail(Failure.BAD_RESPONSE);
        }
        taker.informational(fields);
        head.clear();
        return true;
    }

    private void begin(OriginExchange taker, int status, int ready) {
        var parser = loop.parser();
        var fields = parser.fields();
        keepAlive = parser.minorVersion() == 1 ? !fields.close() : fields.keepAlive() && !fields.close();
        long length = body.response(fields, status, taker.isHead());
        state = State.BODY;
        taker.responseStarted(fields, length, ready);
    }

    private void readBody(ByteBuf in) {
        while (exchange != null) {
            int part = body.next(in);
            if (part > 0) {
                exchange.responsePart(in, part);
            } else if (part == BodyReader.END) {
                end(in.isReadable());
                return;
            } else if (part == BodyReader.MORE) {
                return;
            } else {
                fail(Failure.BAD_RESPONSE);
                return;
            }
        }
    }

    private void end(boolean surplus) {
        var taker = exchange;
        if (taker == null) {
            return;
        }
        boolean again = keepAlive && !surplus && taker.requestSent() && !body.endsWithConnection();
        var trailers = body.trailers();
        taker.responseEnded(trailers == null ? NO_TRAILERS : trailers);
        exchange = null;
        if (again && state != State.CLOSED) {
            paused(false);
            state = State.IDLE;
            due.nothing();
            keeper.giveBack(this);
        } else {
            close();
        }
        taker.over();
    }

    /** Begins to count the time it may stay idle. */
    void rest(long nanos) {
        due.in(nanos);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        var taker = exchange;
        if (taker != null) {
            taker.readCompleted();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        loop.timer().look();
        var taker = exchange;
        if (taker != null && state != State.CONNECTING) {
            taker.writabilityChanged(channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        loop.timer().look();
        if (state == State.BODY && body.endsWithConnection() && exchange != null) {
            end(false);
        }
        fail(state == State.CONNECTING ? Failure.CONNECT : Failure.CLOSED);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        loop.timer().look();
        if (event instanceof SslCloseCompletionEvent end && !end.isSuccess()) {
            exceptionCaught(context, end.cause()); // no body is whole by an end without a goodbye (RFC 9112, 9.8)
        } else if (event instanceof SslCloseCompletionEvent) {
            channelInactive(context); // it will say no more
        } else if (event instanceof StreamEnd end) {
            resetCode = end.code();
            fail(Failure.of(end.why()));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(state == State.CONNECTING ? Failure.CONNECT : Failure.CLOSED); // the cause says no more than this does
    }

    /** Ends the connection and tells the exchange; for calls in place of going on. */
    boolean fail(Failure failure) {
        var taker = exchange;
        exchange = null;
        close();
        if (taker != null) {
            taker.failed(failure);
        }
        return false;
    }

    private void expire() {
        switch (state) {
            case CONNECTING -> fail(Failure.CONNECT_TIMEOUT);
            case HEAD, BODY -> {
                keeper.unanswered(due.readNanos());
                fail(exchange != null && exchange.requestSent() ? Failure.READ_TIMEOUT : Failure.SEND_TIMEOUT);
            }
            case IDLE, TUNNEL -> fail(Failure.READ_TIMEOUT);
            case CLOSED -> close();
        }
    }

    /** Closes; more than once is once. */
    @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
    void close() {
        if (state == State.CLOSED) {
            return;
        }
        boolean idle = state == State.IDLE;
        state = State.CLOSED;
        due.stop();
        keeper.closed(this, idle);
        if (outbox != null && channel != null) {
            outbox.discard();
            channel.close();
        }
    }
}
