package io.suimon.dataplane.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads a connection's PROXY header, puts in place what reads on, and leaves. On the connection's event loop. */
final class ProxyHeaderHandler extends ChannelInboundHandlerAdapter {

    /** What comes of it. */
    interface Outcome {

        /** There was one: what reads on is to be added to the pipeline, or the channel closed. */
        void found(InetSocketAddress client);

        /** There was none, or not in time: the channel is to be closed. */
        void missing();
    }

    private final Channel channel;
    private final long patienceNanos;
    private final Outcome outcome;
    private @Nullable ByteBuf kept;
    private @Nullable ScheduledFuture<?> deadline;

    ProxyHeaderHandler(Channel channel, long patienceNanos, Outcome outcome) {
        this.channel = channel;
        this.patienceNanos = patienceNanos;
        this.outcome = outcome;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        deadline = channel.eventLoop().schedule(outcome::missing, patienceNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var in = merged((ByteBuf) message);
        switch (ProxyHeader.read(in)) {
            case ProxyHeader.Outcome.Incomplete incomplete -> kept = in;
            case ProxyHeader.Outcome.Broken broken -> {
                in.release();
                outcome.missing();
            }
            case ProxyHeader.Outcome.Found(var source) -> {
                outcome.found(source == null ? (InetSocketAddress) channel.remoteAddress() : source);
                goOn(context, in);
            }
        }
    }

    private ByteBuf merged(ByteBuf in) {
        var before = kept;
        if (before == null) {
            return in;
        }
        kept = null;
        var both = channel.alloc().buffer(before.readableBytes() + in.readableBytes());
        both.writeBytes(before).writeBytes(in);
        before.release();
        in.release();
        return both;
    }

    private void goOn(ChannelHandlerContext context, ByteBuf rest) {
        boolean open = channel.isOpen();
        if (open) {
            context.fireChannelActive();
        }
        if (open && rest.isReadable()) {
            context.fireChannelRead(rest);
        } else {
            rest.release();
        }
        if (open) {
            context.pipeline().remove(this);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        outcome.missing(); // there are no events here but that the client is done
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        context.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        outcome.missing();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }
}
