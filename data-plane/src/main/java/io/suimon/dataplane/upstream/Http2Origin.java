package io.suimon.dataplane.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.suimon.dataplane.http2.ClientStream;
import io.suimon.dataplane.http2.HeaderTable;
import io.suimon.engine.resource.Timeouts;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of HTTP/2 to an origin: carries an exchange on each of its streams. It may be used once the origin has told its
 * settings, and is closed behind its last stream once it may not be used any more.
 *
 * <p>Touched on its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be written or closed is about to end
final class Http2Origin extends ChannelInboundHandlerAdapter implements OriginKeeper {

    private enum State {
        CONNECTING,
        OPEN,
        RETIRED,
        CLOSED
    }

    private static final String HTTP_2 = "h2";
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final WriteBufferWaterMark STREAM_WATER_MARK = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final Http2Pool pool;
    private final Http2Lane lane;
    private final OriginLoop loop;
    private final Due due;
    private State state = State.CONNECTING;
    private @Nullable Channel channel;
    private @Nullable Http2Connection http2;
    private int streams;
    private int served;
    private long heardAt;
    private long controlSince;
    private int controlFrames;
    private boolean freeing;

    /** Whether its lane has it on the list of those with room; the lane's business. */
    boolean listed;

    Http2Origin(Http2Pool pool, Http2Lane lane) {
        this.pool = pool;
        this.lane = lane;
        this.loop = pool.loop();
        this.due = new Due(loop.timer(), false, this::overdue);
    }

    /** Makes the connection, in the time that the first exchange gives it. */
    void connect(Timeouts timeouts) {
        due.in(timeouts.connect().toNanos());
        due.start();
        var peer = lane.place().peer();
        if (peer == null) {
            dial(null);
            return;
        }
        loop.tls().prepareHttp2(peer.identity(), loop.executor(), context -> {
            loop.timer().look();
            if (context == null) {
                fail(Failure.IDENTITY);
            } else if (state == State.CONNECTING) {
                dial(context);
            }
        });
    }

    private void dial(@Nullable SslContext context) {
        var start = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel made) {
                begin(made, context);
            }
        };
        var made = loop.bootstrap().clone().handler(start).connect(lane.place().address());
        channel = made.channel();
        made.addListener(done -> {
            loop.timer().look();
            if (!done.isSuccess()) {
                fail(Failure.CONNECT);
            } else if (state == State.CLOSED) {
                closeChannel();
            }
        });
    }

    private void begin(Channel made, @Nullable SslContext context) {
        var peer = lane.place().peer();
        made.pipeline().addLast(this);
        if (context == null || peer == null) {
            speak(made);
        } else {
            int port = lane.place().address().getPort();
            made.pipeline().addFirst(loop.tls().handler(context, peer, port, made.alloc()));
        }
    }

    private void speak(Channel made) {
        var codec = Http2OriginCodec.of(loop);
        http2 = codec.connection();
        var self = made.pipeline().context(this).name();
        // What the exchanges send while the loop goes through its sockets leaves in one write.
        var together =
                new FlushConsolidationHandler(FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true);
        made.pipeline()
                .addBefore(self, null, together)
                .addBefore(self, null, codec)
                .addBefore(self, null, new Http2MultiplexHandler(new RefusedStream()));
    }

    /** Whether one more exchange may be carried. */
    boolean hasRoom() {
        return state == State.OPEN
                && http2 != null
                && streams < allowed()
                && http2.local().canOpenStream();
    }

    private int allowed() {
        int own = loop.limits().http2().streams();
        return http2 == null ? own : Math.min(own, http2.local().maxActiveStreams());
    }

    /** Carries an exchange on a stream of its own. */
    void carry(OriginExchange exchange, Timeouts timeouts) {
        var to = channel();
        var place = lane.place();
        var connection = new OriginConnection(this, loop, place.address(), place.peer(), true);
        boolean encrypted = place.peer() != null;
        var opened = new Http2StreamChannelBootstrap(to)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.config().setWriteBufferWaterMark(STREAM_WATER_MARK);
                        stream.pipeline().addLast(new ClientStream(pool.requests(), encrypted), connection);
                    }
                })
                .open();
        var stream = opened.getNow();
        if (stream == null) {
            retire();
            exchange.failed(Failure.REFUSED);
            return;
        }
        if (streams++ == 0) {
            pool.used(this);
            due.nothing();
        }
        if (++served >= pool.keepalive().requests()) {
            state = State.RETIRED;
        }
        connection.begin(exchange, stream, timeouts);
        connection.carry(exchange, timeouts);
    }

    private Channel channel() {
        return java.util.Objects.requireNonNull(channel);
    }

    @Override
    public void giveBack(OriginConnection connection) {
        connection.close();
    }

    /** A connection that may be dead gets no further streams: another one is made. */
    @Override
    public void unanswered(long nanos) {
        if (loop.timer().now() - heardAt >= nanos) {
            retire();
        }
    }

    @Override
    public void closed(OriginConnection connection, boolean wasIdle) {
        streams--;
        if (state == State.RETIRED && streams == 0) {
            loop.executor().execute(this::closeIfDone);
            return;
        }
        restIfUnused();
        freedLater();
    }

    /** The codec counts a stream until what ends it was handled, which is after this. */
    private void freedLater() {
        if (!freeing && state == State.OPEN) {
            freeing = true;
            loop.executor().execute(() -> {
                freeing = false;
                lane.freed(this);
            });
        }
    }

    private void closeIfDone() {
        if (state == State.RETIRED && streams == 0) {
            close();
        }
    }

    /** Gets no further streams, and is closed behind those there are. */
    void retire() {
        if (state == State.OPEN) {
            state = State.RETIRED;
        }
        closeIfDone();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            loop.timer().look();
            switch (message) {
                case Http2SettingsFrame settings -> told();
                case Http2PingFrame ping when !ping.ack() -> countControl();
                case Http2GoAwayFrame goAway -> goneAway();
                default -> {} // streams have handlers of their own
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void goneAway() {
        if (state == State.CONNECTING) {
            fail(Failure.CONNECT);
        } else {
            retire();
        }
    }

    /** The origin told its settings: the first ones open the connection. */
    private void told() {
        countControl();
        var codec = channel().pipeline().get(Http2FrameCodec.class);
        if (codec == null || state == State.CLOSED) {
            return;
        }
        HeaderTable.bound(codec);
        if (state != State.CONNECTING) {
            lane.allows(this, allowed());
        } else if (allowed() == 0) {
            fail(Failure.REFUSED);
        } else {
            state = State.OPEN;
            Http2OriginCodec.widen(codec, loop.limits().http2().connectionWindow());
            due.nothing();
            lane.opened(this, allowed());
            restIfUnused();
        }
    }

    private void restIfUnused() {
        if (state == State.OPEN && streams == 0) {
            due.in(pool.keepalive().idleTimeout().toNanos());
            pool.resting(this);
        }
    }

    private void countControl() {
        long now = loop.timer().now();
        if (now - controlSince > SECOND) {
            controlSince = now;
            controlFrames = 0;
        }
        if (++controlFrames > loop.limits().http2().controlFramesPerSecond() && state != State.CLOSED) {
            channel()
                    .writeAndFlush(
                            new DefaultHttp2GoAwayFrame(Http2Error.ENHANCE_YOUR_CALM),
                            channel().voidPromise());
            fail(Failure.CONNECT);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        heardAt = loop.timer().now();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent shaken) {
            handshaken(context.channel(), shaken.isSuccess());
        } else if (event instanceof SslCloseCompletionEvent) {
            fail(Failure.CONNECT);
        }
        ReferenceCountUtil.release(event);
    }

    private void handshaken(Channel made, boolean succeeded) {
        if (state != State.CONNECTING) {
            return;
        }
        var tls = made.pipeline().get(SslHandler.class);
        if (succeeded && HTTP_2.equals(tls.applicationProtocol())) {
            speak(made);
        } else {
            fail(Failure.CONNECT);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // What breaks the rules of HTTP/2 is answered by the codec, which closes; streams are told of their end.
        if (state == State.CONNECTING || !(cause instanceof Http2Exception)) {
            fail(Failure.CONNECT);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(Failure.CONNECT);
    }

    private void overdue() {
        if (state == State.CONNECTING) {
            fail(Failure.CONNECT_TIMEOUT);
        } else if (streams == 0) {
            close();
        }
    }

    /** Ends it; whoever waits for it to be made is told why that failed. */
    private void fail(Failure why) {
        boolean made = state != State.CONNECTING;
        if (!made) {
            state = State.RETIRED;
            lane.failed(why);
        }
        close();
    }

    /** Closes; more than once is once. */
    void close() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        due.stop();
        closeChannel();
        lane.closed(this);
    }

    private void closeChannel() {
        if (channel != null) {
            channel.close();
        }
    }
}
