package io.suimon.dataplane.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.suimon.dataplane.upstream.LoopTimer;
import io.suimon.engine.http.Timing;
import org.jspecify.annotations.Nullable;

/**
 * Two connections joined byte for byte, once protocols were switched. Each is read only while the other takes what comes. The end of
 * one direction is passed on and the other direction goes on; when both ended, or a connection is gone, the rest is sent and both are
 * closed. So they are when nothing passes, in either direction, for a while.
 *
 * <p>Touched on the event loop of both connections.
 */
final class Tunnel {

    private final TrafficLoop loop;
    private final Timing timing;
    private final Runnable ended;
    private final long idleNanos;
    private final End client;
    private final End origin;
    private final LoopTimer.Waiting watch = new LoopTimer.Waiting() {
        @Override
        protected long tick(long now) {
            if (now - lastByte > idleNanos || client.isLost() || origin.isLost()) {
                end();
            }
            return client.inputEnded || origin.inputEnded ? now : lastByte + idleNanos;
        }
    };
    private long lastByte;
    private boolean open;

    /**
     * @param idleNanos how long nothing may pass
     * @param ended called once, when there is nothing left to do but to close both connections
     */
    Tunnel(TrafficLoop loop, Timing timing, Channel client, Channel origin, long idleNanos, Runnable ended) {
        this.loop = loop;
        this.timing = timing;
        this.idleNanos = idleNanos;
        this.ended = ended;
        this.client = new End(client);
        this.origin = new End(origin);
    }

    /** One of the two connections, and what is done with its bytes. */
    private final class End extends ChannelInboundHandlerAdapter {
        private final Channel channel;
        private boolean inputEnded;

        private End(Channel channel) {
            this.channel = channel;
        }

        private boolean isLost() {
            return inputEnded && LostPeer.is(channel);
        }

        @SuppressWarnings("ReferenceEquality") // there are two
        private End other() {
            return this == client ? origin : client;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // a void promise: failures reach the pipeline
        private void pass(ByteBuf bytes) {
            loop.timer().look();
            lastByte = loop.timer().now();
            count(bytes.readableBytes());
            var to = other().channel;
            to.write(bytes, to.voidPromise());
            if (!to.isWritable()) {
                channel.config().setAutoRead(false);
            }
        }

        @SuppressWarnings("ReferenceEquality") // there are two
        private void count(int bytes) {
            if (this == client) {
                timing.requestBytes += bytes;
            } else {
                timing.responseBytes += bytes;
                timing.responseBodyBytes += bytes;
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            pass((ByteBuf) message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            other().channel.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            other().channel.config().setAutoRead(channel.isWritable());
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            boolean ends = event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent;
            if (ends && !inputEnded) {
                inputEnded();
            }
        }

        private void inputEnded() {
            inputEnded = true;
            loop.timer().wake(watch);
            if (other().inputEnded) {
                other().endBehindRest();
            } else {
                other().shutdownBehindRest();
            }
        }

        private void shutdownBehindRest() {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> shutdown());
        }

        private void shutdown() {
            var tls = channel.pipeline().get(SslHandler.class);
            var done = tls == null ? ((DuplexChannel) channel).shutdownOutput() : tls.closeOutbound();
            done.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }

        private void endBehindRest() {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> end());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            other().endBehindRest();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!(cause instanceof java.io.IOException)) {
                loop.quietLog().failed("A tunnel", cause, loop.timer().now());
            }
            other().endBehindRest();
        }
    }

    /** What reads the client from now on. */
    ChannelHandler client() {
        return client;
    }

    /** What reads the origin from now on. */
    ChannelHandler origin() {
        return origin;
    }

    /**
     * Begins to carry.
     *
     * @param early what the client sent before it knew; taken over
     * @param clientEnded whether it said that this is all
     */
    void open(@Nullable ByteBuf early, boolean clientEnded) {
        open = true;
        lastByte = loop.timer().now();
        loop.timer().add(watch);
        loop.counters().upgraded.add(1);
        loop.counters().tunnels.add(1);
        origin.channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        client.channel.config().setAutoRead(true);
        if (early != null) {
            client.pass(early);
            origin.channel.flush();
        }
        if (clientEnded) {
            client.inputEnded();
        }
    }

    /** Takes what the origin sent behind its switch, in the same read; it is flushed when that read ends. */
    void begin(ByteBuf in, int length) {
        origin.pass(in.readRetainedSlice(length));
    }

    private void end() {
        if (open) {
            stop();
            ended.run();
        }
    }

    /** Carries nothing any more; the connections are closed by somebody else. More than once is once. */
    void stop() {
        if (open) {
            open = false;
            loop.timer().remove(watch);
            loop.counters().tunnels.add(-1);
        }
    }
}
