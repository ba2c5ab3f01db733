package io.suimon.dataplane.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.suimon.dataplane.http2.EvenStreams;
import io.suimon.dataplane.http2.HeaderTable;
import io.suimon.dataplane.http2.ResponseHeads;
import io.suimon.dataplane.http2.ServerStream;
import io.suimon.dataplane.proxy.DownstreamConnection;
import io.suimon.dataplane.proxy.NewClient;
import io.suimon.dataplane.proxy.OpenConnection;
import io.suimon.dataplane.proxy.Refusal;
import io.suimon.dataplane.proxy.TrafficLoop;
import io.suimon.dataplane.upstream.LoopTimer;
import io.suimon.engine.http.ClientConnection;
import io.suimon.engine.tls.TlsSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client that speaks HTTP/2: each stream becomes a channel of its own, whose exchange is as one of HTTP/1.1.
 *
 * <p>Touched on the connection's event loop only.
 */
final class Http2Client extends ChannelInboundHandlerAdapter implements OpenConnection {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final WriteBufferWaterMark STREAM_WATER_MARK = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final TrafficLoop loop;
    private final Channel channel;
    private final ClientConnection connection;
    private final Http2Limits limits;
    private final ResetBudget resets;
    private final ResponseHeads heads;
    private final Map<Channel, ServerStream> streams = new LinkedHashMap<>();
    private final LoopTimer.Waiting watch = new LoopTimer.Waiting() {
        @Override
        protected long tick(long now) {
            watch(now);
            return isAtRest() ? idleSince + loop.settings().times().idle() : now;
        }
    };
    private long requests;
    private long idleSince;
    private long controlSince;
    private int controlFrames;
    private boolean goingAway;
    private long goingSince;
    private boolean lastNamed;
    private boolean finishing;
    private boolean closed;
    private boolean calmed;

    private Http2Client(TrafficLoop loop, Channel channel, ClientConnection connection, Http2Limits limits) {
        this.loop = loop;
        this.channel = channel;
        this.connection = connection.overHttp2();
        this.limits = limits;
        this.resets = new ResetBudget(limits.resetsPerSecond());
        this.heads = new ResponseHeads(limits.responses());
    }

    /** Lets HTTP/2 be spoken on a new connection. */
    static void speak(TrafficLoop loop, Channel channel, @Nullable TlsSession session, Http2Limits limits) {
        var client = new Http2Client(loop, channel, NewClient.of(channel, session), limits);
        loop.opened(client);
        client.begin();
    }

    /** Lets HTTP/2 be spoken on a connection from here on; its preface is still to be read. */
    static void takeOver(TrafficLoop loop, Channel channel, DownstreamConnection from, Http2Limits limits) {
        var client = new Http2Client(loop, channel, from.connection(), limits);
        from.leave(client);
        client.begin();
    }

    private void begin() {
        var codec = codec();
        channel.pipeline().addLast(together(), codec, new Http2MultiplexHandler(new Streams()), this);
        loop.timer().add(watch);
        idleSince = loop.timer().now();
        codec.connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onGoAwaySent(int lastStream, long error, ByteBuf said) {
                if (error == Http2Error.ENHANCE_YOUR_CALM.code()) {
                    flooded();
                }
            }
        });
        // In force at once: a client that never acknowledges the settings would have no limit.
        codec.connection().remote().maxActiveStreams(limits.streams());
        widen(codec);
        if (loop.draining()) {
            drain();
        }
    }

    /** What the streams send while the loop goes through its sockets leaves in one write: a system call for many responses. */
    private static FlushConsolidationHandler together() {
        return new FlushConsolidationHandler(FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true);
    }

    private Http2FrameCodec codec() {
        var settings = new Http2Settings()
                .maxConcurrentStreams(limits.streams())
                .initialWindowSize(limits.window())
                .maxHeaderListSize(loop.settings().http().headBytes());
        return EvenStreams.ofServer()
                .initialSettings(settings)
                .validateHeaders(true)
                .gracefulShutdownTimeoutMillis(0)
                .decoderEnforceMaxRstFramesPerWindow(limits.controlFramesPerSecond(), 1)
                .encoderEnforceMaxRstFramesPerWindow(limits.resetsPerSecond(), 1)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(limits.emptyFrames())
                .decoderEnforceMaxSmallContinuationFrames(limits.smallContinuations())
                .build();
    }

    /** The window of the connection begins as the protocol says, and is told to be wider. */
    private void widen(Http2FrameCodec codec) {
        var http2 = codec.connection();
        var flow = http2.local().flowController();
        int more = limits.connectionWindow() - flow.windowSize(http2.connectionStream());
        if (more > 0) {
            try {
                flow.incrementWindowSize(http2.connectionStream(), more);
            } catch (Http2Exception e) {
                throw new IllegalStateException("connection window: " + limits.connectionWindow(), e);
            }
        }
    }

    /** Stands at the head of every stream, where it does nothing once the others are behind it. */
    @Sharable
    private final class Streams extends ChannelInboundHandlerAdapter {
        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            var stream = context.channel();
            if (closed) {
                stream.unsafe().closeForcibly(); // it was read together with what the connection was closed for
                return;
            }
            loop.timer().look();
            long begun = loop.timer().now();
            var frames = new ServerStream(heads, () -> refused(Refusal.MALFORMED), () -> givenUp(begun));
            streams.put(stream, frames);
            loop.timer().wake(watch);
            stream.closeFuture().addListener(gone -> left(stream));
            stream.config().setWriteBufferWaterMark(STREAM_WATER_MARK);
            stream.pipeline().addLast(frames, new DownstreamConnection(loop, stream, connection, true));
            if (++requests >= loop.settings().requestsPerConnection()) {
                drain();
            }
        }
    }

    private void refused(Refusal why) {
        loop.counters().refused(why);
    }

    private void givenUp(long begun) {
        loop.timer().look();
        if (!resets.givenUp(begun, loop.timer().now())) {
            calm();
        }
    }

    /** A connection is ended that keeps the gateway busy with nothing: by this, or by the codec, which need not say so to anybody. */
    private void flooded() {
        if (!calmed) {
            calmed = true;
            refused(Refusal.FLOOD);
        }
    }

    private void calm() {
        if (!closed) {
            flooded();
            goAway(Http2Error.ENHANCE_YOUR_CALM);
            close();
        }
    }

    private void left(Channel stream) {
        var frames = streams.remove(stream);
        idleSince = loop.timer().now();
        if (frames != null && frames.isAnswered()) {
            resets.ended(idleSince);
        }
        if (lastNamed && streams.isEmpty()) {
            finish();
        }
    }

    /** Says that nothing follows; the client closes when it has read all, or a while later it is done here. */
    private void finish() {
        var codec = channel.pipeline().context(Http2FrameCodec.class);
        if (closed || finishing || codec == null) {
            return;
        }
        finishing = true;
        idleSince = loop.timer().now();
        LastBytes.await(channel, codec.name());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof Http2PingFrame ping && ping.ack()) {
                nameLast();
            } else if (message instanceof Http2PingFrame) {
                countControl();
            } else if (message instanceof Http2SettingsFrame) {
                boundTable();
                countControl();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void boundTable() {
        var codec = channel.pipeline().get(Http2FrameCodec.class);
        if (codec != null) {
            HeaderTable.bound(codec);
        }
    }

    private void countControl() {
        loop.timer().look();
        long now = loop.timer().now();
        if (now - controlSince > SECOND) {
            controlSince = now;
            controlFrames = 0;
        }
        if (++controlFrames > limits.controlFramesPerSecond()) {
            calm();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            close();
        }
        ReferenceCountUtil.release(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof Http2Exception broken) {
            if (broken.error() == Http2Error.ENHANCE_YOUR_CALM) {
                flooded();
            } else {
                refused(Refusal.MALFORMED);
            }
        } else {
            close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        close();
    }

    private void watch(long now) {
        for (var stream : Map.copyOf(streams).entrySet()) {
            if (stream.getValue().giveUpStalled(stream.getKey(), now, limits.stallNanos())) {
                refused(Refusal.SEND_TIMEOUT);
            }
        }
        if (goingAway && now - goingSince > SECOND) {
            nameLast();
        }
        if (finishing) {
            if (now - idleSince > LINGER_NANOS) {
                close();
            }
        } else if (streams.isEmpty()
                && now - idleSince > loop.settings().times().idle()) {
            drain();
        }
    }

    /** Whether there is nothing to wait for but the end of its patience. */
    private boolean isAtRest() {
        return streams.isEmpty() && !goingAway && !finishing;
    }

    /**
     * Lets the client know that it should begin no further streams, and closes behind those that run. Which is the last one is said when
     * the client has heard of it (RFC 9113, 6.8): streams that are on their way still run.
     */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a connection that cannot be told anything is about to end
    public void drain() {
        if (goingAway || closed) {
            return;
        }
        goingAway = true;
        goingSince = loop.timer().now();
        loop.timer().wake(watch);
        channel.write(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(Integer.MAX_VALUE));
        channel.writeAndFlush(new DefaultHttp2PingFrame(goingSince));
    }

    private void nameLast() {
        if (goingAway && !lastNamed) {
            lastNamed = true;
            goAway(Http2Error.NO_ERROR);
            if (streams.isEmpty()) {
                finish();
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that cannot be told anything is about to end
    private void goAway(Http2Error why) {
        channel.writeAndFlush(new DefaultHttp2GoAwayFrame(why), channel.voidPromise());
    }

    /** Closes; more than once is once. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        loop.timer().remove(watch);
        loop.closed(this);
        channel.close();
    }
}
