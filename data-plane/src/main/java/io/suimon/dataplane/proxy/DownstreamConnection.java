package io.suimon.dataplane.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.suimon.dataplane.http1.HeadBuffer;
import io.suimon.dataplane.http1.RequestParser;
import io.suimon.dataplane.upstream.LoopTimer;
import io.suimon.dataplane.upstream.OriginConnection;
import io.suimon.dataplane.upstream.Outbox;
import io.suimon.engine.http.ClientConnection;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.Timing;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a client: cuts requests out of its bytes, one exchange at a time, so that answers keep their order.
 *
 * <p>Pipelined requests wait as bytes, and beyond a bound with the client.
 */
public final class DownstreamConnection extends ChannelInboundHandlerAdapter implements OpenConnection {

    private enum State {
        HEAD,
        EXCHANGE,
        LINGER,
        CLOSED
    }

    private static final int PENDING_LIMIT = 64 * 1024;
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final TrafficLoop loop;
    private final Channel channel;
    private final ClientConnection connection;
    private final boolean stream;
    private final Outbox outbox;
    private final HeadBuffer head;
    private final RequestParser parser;
    private final ProxyExchange proxy;
    private final ReceivedBytes received;
    private final Patience patience;
    private final LoopTimer.Waiting watch = new LoopTimer.Waiting() {
        @Override
        protected long tick(long now) {
            watch(now);
            return isAtRest() ? deadline : now;
        }
    };
    private State state = State.HEAD;
    private boolean processing;
    private boolean inputClosed;
    private boolean last;
    private long requests;
    private long deadline;
    private int lingered;

    /**
     * Takes over a connection that was just accepted, on the loop it belongs to.
     *
     * @param stream whether it is one stream of a connection, and carries one exchange
     */
    public DownstreamConnection(TrafficLoop loop, Channel channel, ClientConnection connection, boolean stream) {
        this.loop = loop;
        this.channel = channel;
        this.connection = connection;
        this.stream = stream;
        var http = loop.settings().http();
        outbox = new Outbox(channel);
        received = new ReceivedBytes(channel);
        patience = new Patience(channel, loop.settings());
        head = new HeadBuffer(http.headBytes(), http.lineBytes());
        parser = new RequestParser(http);
        proxy = new ProxyExchange(loop, this, new Exchange(connection), parser);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        loop.timer().look();
        if (!stream) {
            loop.opened(this);
        }
        loop.timer().add(watch);
        deadline = loop.timer().deadline(loop.settings().times().head());
        if (!stream && loop.draining()) {
            drain();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        loop.timer().look();
        loop.timer().wake(watch);
        var in = (ByteBuf) message;
        if (state == State.CLOSED) {
            in.release();
        } else if (state == State.LINGER) {
            lingered += in.readableBytes();
            in.release();
            if (lingered > RequestBody.DISCARD_LIMIT) {
                close();
            }
        } else {
            received.append(in);
            process();
        }
    }

    /** Goes on with what the client sent. */
    void process() {
        if (processing) {
            return;
        }
        processing = true;
        boolean goesOn = true;
        for (var in = received.bytes(); goesOn && in != null && mayRead(); in = received.bytes()) {
            goesOn = state == State.HEAD ? readHead(in) : proxy.offer(in);
            received.releaseIfRead();
        }
        processing = false;
        if (state == State.HEAD || state == State.EXCHANGE) {
            settle();
        }
    }

    /** A client that takes none of its responses gets no further ones: they would only pile up here. */
    private boolean mayRead() {
        return state == State.EXCHANGE || (state == State.HEAD && channel.isWritable());
    }

    /** What is to be waited for now. */
    private void settle() {
        int waiting = pendingBytes();
        received.pause(waiting >= PENDING_LIMIT);
        if (state == State.EXCHANGE && !proxy.phases().isWaiting()) {
            var bodyNanos = loop.settings().times().body();
            deadline = proxy.body().wanted() ? loop.timer().deadline(bodyNanos) : 0;
        }
        if (inputClosed
                && (state == State.HEAD
                        ? waiting == 0 || head.length() > 0
                        : waiting == 0 && !proxy.body().complete())) {
            close();
        }
    }

    /** Returns whether reading goes on. */
    private boolean readHead(ByteBuf in) {
        if (head.length() == 0) {
            byte first = in.getByte(in.readerIndex());
            if ((first < 'A' || first > 'Z') && first != '\r') {
                refuse(400);
                return false;
            }
            deadline = loop.timer().deadline(loop.settings().times().head());
        }
        return switch (head.collect(in)) {
            case INCOMPLETE -> true;
            case LINE_TOO_LONG -> refuse(414);
            case TOO_LARGE -> refuse(431);
            case COMPLETE -> begin();
        };
    }

    private boolean begin() {
        int refusal = parser.parse(head.bytes(), head.length(), proxy.request());
        if (refusal != 0) {
            return refuse(refusal);
        }
        state = State.EXCHANGE;
        deadline = 0;
        last |= ++requests >= loop.settings().requestsPerConnection() || loop.draining();
        proxy.start(head.length(), requests);
        return true;
    }

    private boolean refuse(int status) {
        loop.counters().refused(Refusal.of(status));
        outbox.bytes(LocalReply.refusal(status, loop.dateLine()));
        closeWithUnread();
        return false;
    }

    /** Whether the connection may stay open behind this response. */
    boolean keepAlive() {
        if (last || loop.draining()) {
            return false;
        }
        var fields = parser.fields();
        return proxy.request().minorVersion() == 0 ? fields.keepAlive() && !fields.close() : !fields.close();
    }

    /** No request is read behind this one. */
    void closeAfterResponse() {
        last = true;
    }

    Outbox outbox() {
        return outbox;
    }

    int pendingBytes() {
        return received.size();
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    void flush() {
        outbox.flush();
    }

    /** Joins this connection with one to an origin: from now on bytes go both ways as they are, and nothing here is told of them. */
    Tunnel join(OriginConnection origin, Timing timing, long idleNanos) {
        deadline = 0;
        var tunnel = new Tunnel(loop, timing, channel, origin.channel(), idleNanos, this::close);
        origin.handOver(tunnel.origin());
        channel.pipeline().replace(this, null, tunnel.client());
        tunnel.open(received.take(), inputClosed);
        return tunnel;
    }

    /** A filter is waited for, but not for ever. */
    void awaitFilter() {
        deadline = loop.timer().deadline(loop.settings().times().suspended());
    }

    /** The exchange is over, and the body of its request was read. */
    void exchangeEnded(boolean keep) {
        if (state == State.CLOSED) {
            return;
        }
        if (!keep || (inputClosed && pendingBytes() == 0)) {
            closeWithUnread();
            return;
        }
        state = State.HEAD;
        head.clear();
        deadline = loop.timer().deadline(loop.nextRequestNanos());
        if (pendingBytes() > 0) {
            process();
        } else {
            received.pause(false);
        }
    }

    /**
     * Closes when what was written is with the client: first one direction, since closing both at once while the client still sends
     * would throw away what it has not read yet.
     */
    void closeWithUnread() {
        if (state == State.CLOSED || state == State.LINGER) {
            return;
        }
        state = State.LINGER;
        received.drop();
        received.pause(false);
        deadline = loop.timer().deadline(LINGER_NANOS);
        outbox.flush();
        boolean done = inputClosed;
        outbox.finish().addListener(written -> {
            if (!done && written.isSuccess() && channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            } else {
                close();
            }
        });
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        loop.timer().look();
        if (channel.isWritable() && state == State.EXCHANGE) {
            proxy.writable();
        } else if (channel.isWritable()) {
            process();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        loop.timer().look();
        boolean ended = event instanceof ChannelInputShutdownEvent;
        inputClosed |= ended;
        if (event instanceof SslCloseCompletionEvent || (ended && state == State.LINGER)) {
            close(); // a goodbye of TLS is one for both directions
        } else if (ended && state != State.CLOSED) {
            settle();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof java.io.IOException)) {
            loop.quietLog().failed("A connection", cause, loop.timer().now());
        }
        close();
    }

    private void watch(long now) {
        boolean wanted = state == State.EXCHANGE && proxy.body().wanted();
        var lost = patience.lost(now, wanted, proxy.requestBytes());
        if (inputClosed && state == State.EXCHANGE && LostPeer.is(channel)) {
            close();
        } else if (lost != null) {
            giveUp(lost);
        } else if (deadline != 0 && now >= deadline && state != State.CLOSED) {
            deadline = 0;
            expire(wanted);
        }
    }

    /** Whether nothing is expected of the client but the next request. */
    private boolean isIdle() {
        return state == State.HEAD && requests > 0 && head.length() == 0;
    }

    /** Whether there is nothing to look at before the deadline, unless the client sends something. */
    private boolean isAtRest() {
        return state == State.HEAD && deadline != 0 && !patience.isSending();
    }

    private void expire(boolean bodyWanted) {
        if (patience.isSending() && (isIdle() || state == State.LINGER)) {
            // It takes its time over the response, which is watched by itself; its silence begins behind that.
            deadline = loop.timer().deadline(isIdle() ? loop.nextRequestNanos() : LINGER_NANOS);
            return;
        }
        switch (state) {
            case HEAD -> giveUp(isIdle() ? Refusal.IDLE : Refusal.HEAD_TIMEOUT);
            case EXCHANGE -> {
                if (bodyWanted) {
                    giveUp(Refusal.BODY_TIMEOUT);
                } else {
                    proxy.phases().expire();
                }
            }
            case LINGER, CLOSED -> close();
        }
    }

    /** Who the client is. */
    public ClientConnection connection() {
        return connection;
    }

    /** Leaves a connection on which nothing was read yet to others. */
    public void leave(OpenConnection to) {
        state = State.CLOSED;
        loop.timer().remove(watch);
        loop.replaced(this, to);
        channel.pipeline().remove(this);
    }

    private void giveUp(Refusal why) {
        loop.counters().refused(why);
        close();
    }

    /** Closes behind the next answer, which says so. A request may be on its way: it is waited for, but not for long. */
    @Override
    public void drain() {
        last = true;
        if (state == State.HEAD && head.length() == 0) {
            deadline = loop.timer().deadline(loop.nextRequestNanos());
            loop.timer().wake(watch);
        }
    }

    /** Closes; more than once is once. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
    public void close() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        loop.timer().remove(watch);
        loop.closed(this);
        proxy.clientGone();
        received.drop();
        outbox.discard();
        if (channel.isOpen()) {
            channel.close();
        }
    }
}
