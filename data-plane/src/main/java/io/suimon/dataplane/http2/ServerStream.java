package io.suimon.dataplane.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;

/**
 * One stream of a client: turns its frames into a request of HTTP/1.1 for the handler behind it, and that one's response into frames.
 *
 * <p>Bytes wait in the stream's window while the handler behind reads none, and the channel is not writable while the client takes
 * none. Touched on the channel's event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures of a stream reach it as its end
public final class ServerStream extends ChannelDuplexHandler {

    private final Runnable malformed;
    private final Runnable givenUp;
    private final ResponseFrames response;
    private long remaining;
    private long seen = -1; // frames taken when last asked: never asked is not none taken
    private long seenAt;
    private boolean begun;
    private boolean chunked;
    private boolean requestEnded;
    private boolean toHead;
    private boolean broken;

    /**
     * @param heads of its connection, to read the response's with
     * @param malformed run when the client's message is no request
     * @param givenUp run when the client resets the stream before its response is complete
     */
    public ServerStream(ResponseHeads heads, Runnable malformed, Runnable givenUp) {
        this.givenUp = givenUp;
        this.response = new ResponseFrames(heads);
        this.malformed = malformed;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            boolean wellFormed = requestEnded
                    || switch (message) {
                        case Http2HeadersFrame head when !begun -> head(context, head);
                        case Http2HeadersFrame trailers -> trailers(context, trailers);
                        case Http2DataFrame data -> data(context, data);
                        default -> true;
                    };
            if (!wellFormed) {
                malformed.run();
                reset(context, Http2Error.PROTOCOL_ERROR);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** A client that gives its stream up wants nothing of what it sent to be read. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2ResetFrame) {
            broken = true;
            if (!isAnswered()) {
                givenUp.run();
            }
            context.close(context.newPromise());
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    /** Whether the whole response was written. */
    public boolean isAnswered() {
        return response.frames().ended();
    }

    private boolean head(ChannelHandlerContext context, Http2HeadersFrame frame) {
        var head = new RequestBytes().read(frame.headers(), frame.isEndStream(), context.alloc());
        if (head == null) {
            return false;
        }
        begun = true;
        chunked = head.chunked();
        remaining = Math.max(0, head.length());
        requestEnded = frame.isEndStream();
        toHead = AsciiString.contentEquals("HEAD", frame.headers().method());
        context.fireChannelRead(head.bytes());
        return true;
    }

    private boolean data(ChannelHandlerContext context, Http2DataFrame frame) {
        var content = frame.content();
        int size = content.readableBytes();
        if (!begun || (!chunked && size > remaining)) {
            return false;
        }
        if (size > 0 && chunked && frame.isEndStream()) {
            requestEnded = true;
            context.fireChannelRead(Chunks.lastChunk(content, context.alloc()));
            return true;
        }
        if (size > 0) {
            remaining -= chunked ? 0 : size;
            context.fireChannelRead(chunked ? Chunks.chunk(content, context.alloc()) : content.retain());
        }
        return !frame.isEndStream() || end(context, null);
    }

    private boolean trailers(ChannelHandlerContext context, Http2HeadersFrame frame) {
        return frame.isEndStream() && end(context, frame);
    }

    private boolean end(ChannelHandlerContext context, @org.jspecify.annotations.Nullable Http2HeadersFrame trailers) {
        requestEnded = true;
        var end = Chunks.end(trailers == null ? null : trailers.headers(), context.alloc());
        if (end == null || remaining > 0) {
            ReferenceCountUtil.release(end);
            return false;
        }
        if (chunked) {
            context.fireChannelRead(end);
        } else {
            end.release();
        }
        return true;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf bytes)) {
            broken |= message instanceof Http2ResetFrame;
            context.write(message, promise);
            return;
        }
        boolean wasOpen = !response.frames().ended();
        boolean understood;
        try {
            understood = response.write(context, bytes, toHead);
        } finally {
            bytes.release();
        }
        if (!understood) {
            reset(context, Http2Error.INTERNAL_ERROR);
        } else if (wasOpen && response.frames().ended() && !requestEnded) {
            afterLast(() -> endStream(context));
        }
        if (!promise.isVoid()) {
            afterLast(promise::trySuccess);
        }
    }

    /** A client that still sends is told that nobody listens. */
    private void endStream(ChannelHandlerContext context) {
        if (!requestEnded) {
            reset(context, Http2Error.NO_ERROR);
        }
    }

    private void afterLast(Runnable then) {
        ChannelFuture last = response.frames().last();
        if (last == null || last.isDone()) {
            then.run();
        } else {
            last.addListener(done -> then.run());
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        response.frames().settle(context);
        context.flush();
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (response.frames().ended()) {
            afterLast(() -> context.close(promise));
            return;
        }
        if (context.channel().isActive() && !broken) {
            context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR), context.voidPromise());
        }
        context.close(promise);
    }

    private static void reset(ChannelHandlerContext context, Http2Error why) {
        if (context.channel().isActive()) {
            context.writeAndFlush(new DefaultHttp2ResetFrame(why), context.newPromise());
            context.close(context.newPromise());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof Http2Exception) {
            malformed.run();
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    /**
     * Asked from time to time: gives up a client that takes nothing of what is there for it.
     *
     * @return whether it was given up
     */
    public boolean giveUpStalled(Channel channel, long now, long patience) {
        var frames = response.frames();
        if (!frames.waiting() || frames.framesTaken() != seen) {
            seen = frames.framesTaken();
            seenAt = now;
            return false;
        }
        if (now - seenAt <= patience) {
            return false;
        }
        var context = channel.pipeline().context(this);
        if (context != null) {
            reset(context, Http2Error.CANCEL);
        }
        return true;
    }
}
