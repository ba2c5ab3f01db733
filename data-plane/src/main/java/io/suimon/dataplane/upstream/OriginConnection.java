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
import io.suimon.dataplane.tls.OriginPeer;
import io.suimon.engine.http.Headers;
import io.suimon.engine.resource.Timeouts;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One connection to an origin: carries one exchange at a time, and reads its response. */
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

    private final EndpointPool pool;
    private final OriginLoop loop;
    private final InetSocketAddress address;
    private final @Nullable OriginPeer peer;
    private final HeadBuffer head;
    private final BodyReader body;
    private final LoopTimer.Waiting watch = new LoopTimer.Waiting() {
        @Override
        protected void tick(long now) {
            expire(now);
        }
    };
    private State state = State.CONNECTING;
    private @Nullable Channel channel;
    private @Nullable OriginExchange exchange;
    private @Nullable Outbox outbox;
    private long deadline;
    private long readNanos;
    private long sendNanos;
    private int requests;
    private int informational;
    private boolean keepAlive;
    private boolean paused;

    /** @param peer whom it is for; null where it is not encrypted */
    OriginConnection(EndpointPool pool, InetSocketAddress address, @Nullable OriginPeer peer) {
        this.pool = pool;
        this.loop = pool.loop();
        this.address = address;
        this.peer = peer;
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

    int requests() {
        return requests;
    }

    /** Waits for the connection to be made, on behalf of an exchange. */
    void begin(OriginExchange exchange, Channel channel, Timeouts timeouts) {
        this.exchange = exchange;
        this.channel = channel;
        this.outbox = new Outbox(channel);
        deadline = loop.timer().deadline(timeouts.connect().toNanos());
        take(timeouts);
        loop.timer().add(watch);
        exchange.connecting(this);
    }

    private void take(Timeouts timeouts) {
        readNanos = timeouts.read().toNanos();
        sendNanos = timeouts.send().toNanos();
    }

    /** Hands an idle or a new connection to an exchange. */
    void carry(OriginExchange exchange, Timeouts timeouts) {
        this.exchange = exchange;
        take(timeouts);
        requests++;
        informational = 0;
        paused = false;
        head.clear();
        state = State.HEAD;
        deadline = 0;
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
        deadline = 0;
        channel().pipeline().replace(this, null, reader);
    }

    /** What is to be sent. */
    public Outbox outbox() {
        return java.util.Objects.requireNonNull(outbox);
    }

    /** Hands what was written to the kernel. */
    public void flush() {
        outbox().flush();
        deadline = loop.timer().deadline(sendNanos);
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
        deadline = loop.timer().deadline(readNanos);
    }

    /** The client is slow to send the rest: nothing is due. */
    public void awaitNothing() {
        deadline = 0;
    }

    /** Stops reading while the client takes no more, or goes on. */
    public void paused(boolean pause) {
        if (paused != pause && state != State.CLOSED) {
            paused = pause;
            channel().config().setAutoRead(!pause);
            deadline = pause ? 0 : loop.timer().deadline(readNanos);
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
            // Nothing was asked: whatever this is, the connection cannot be trusted any more.
            close();
            return;
        }
        if (deadline != 0) {
            deadline = loop.timer().deadline(readNanos);
        }
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
        var trailers = body.hasTrailers() ? body.trailers() : NO_TRAILERS;
        taker.responseEnded(trailers);
        exchange = null;
        if (again && state != State.CLOSED) {
            paused(false);
            state = State.IDLE;
            deadline = 0;
            pool.giveBack(this);
        } else {
            close();
        }
        taker.over();
    }

    /** Begins to count the time it may stay idle. */
    void rest(long nanos) {
        deadline = loop.timer().deadline(nanos);
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
        if (event instanceof SslCloseCompletionEvent) {
            channelInactive(context); // it will say no more
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset, or a write to one that is gone; it says nothing that the failure does not.
        fail(state == State.CONNECTING ? Failure.CONNECT : Failure.CLOSED);
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

    private void expire(long now) {
        if (deadline == 0 || now < deadline) {
            return;
        }
        switch (state) {
            case CONNECTING -> fail(Failure.CONNECT_TIMEOUT);
            case HEAD, BODY ->
                fail(exchange != null && exchange.requestSent() ? Failure.READ_TIMEOUT : Failure.SEND_TIMEOUT);
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
        loop.timer().remove(watch);
        pool.closed(this, idle);
        if (outbox != null) {
            outbox.discard();
        }
        if (channel != null) {
            channel.close();
        }
    }
}
