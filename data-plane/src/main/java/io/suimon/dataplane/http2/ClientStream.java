package io.suimon.dataplane.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.suimon.dataplane.http1.Http1Limits;
import io.suimon.dataplane.http2.StreamEnd.Why;

/**
 * One stream to an origin: turns the request of HTTP/1.1 that the handler behind it writes into frames, and the frames of the response
 * into HTTP/1.1. A {@link StreamEnd} says when there will be no whole response.
 *
 * <p>What waits here, waits as {@link ServerStream} has it. Touched on the channel's event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures of a stream reach it as its end
public final class ClientStream extends ChannelDuplexHandler {

    private final RequestFrames request;
    private final ResponseBytes response = new ResponseBytes();
    private Why why = Why.BROKEN;
    private long code = StreamEnd.NO_CODE;
    private boolean told;
    private boolean headSeen;

    /**
     * @param limits of the request's head
     * @param encrypted whether the connection is
     */
    public ClientStream(Http1Limits limits, boolean encrypted) {
        this.request = new RequestFrames(limits, encrypted ? "https" : "http");
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf bytes)) {
            context.write(message, promise);
            return;
        }
        boolean understood;
        try {
            understood = request.write(context, bytes);
        } finally {
            bytes.release();
        }
        watchHead();
        if (!understood) {
            malformed(context);
        }
        promise.trySuccess();
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        request.frames().settle(context);
        watchHead();
        context.flush();
    }

    /** A head that could not be written was not sent: the connection has no room for a stream after all. */
    private void watchHead() {
        var first = request.frames().last();
        if (first != null && !headSeen) {
            headSeen = true;
            if (first.isDone()) {
                noteHead(first);
            } else {
                first.addListener((ChannelFuture written) -> noteHead(written));
            }
        }
    }

    private void noteHead(ChannelFuture written) {
        if (!written.isSuccess()) {
            why = Why.REFUSED;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (told || response.ended()) {
                return;
            }
            var bytes = switch (message) {
                case Http2HeadersFrame head -> response.headers(head, request.isHead(), context.alloc());
                case Http2DataFrame data -> response.data(data, context.alloc());
                default -> context.alloc().buffer(0);
            };
            if (bytes == null) {
                malformed(context);
            } else if (bytes.isReadable()) {
                context.fireChannelRead(bytes);
            } else {
                bytes.release();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void malformed(ChannelHandlerContext context) {
        why = Why.MALFORMED;
        if (context.channel().isActive()) {
            context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR), context.newPromise());
        }
        tell(context);
        context.close(context.newPromise());
    }

    private void tell(ChannelHandlerContext context) {
        if (!told) {
            told = true;
            context.fireUserEventTriggered(new StreamEnd(why, code));
        }
    }

    /** What was sent before is still read: the end follows when all of it was. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        switch (event) {
            case Http2ResetFrame reset -> {
                code = reset.errorCode();
                if (code == Http2Error.REFUSED_STREAM.code()) {
                    why = Why.REFUSED;
                }
            }
            case Http2GoAwayFrame goAway -> {
                why = Why.REFUSED;
                goAway.release();
            }
            case ChannelInputShutdownReadComplete ended -> {} // the connection's business
            case SslCloseCompletionEvent ended -> {}
            default -> context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!told && !response.ended()) {
            tell(context);
        }
        context.fireChannelInactive();
    }
}
