package io.suimon.bench.load;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;

/** One idle connection: asks once, then waits for its end. On its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a failure ends the connection, and that is heard of
final class AskedOnce extends SimpleChannelInboundHandler<FullHttpResponse> {

    private final String path;
    private final Held held;
    private boolean there;

    AskedOnce(String path, Held held) {
        this.path = path;
        this.held = held;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
        request.headers().set(HttpHeaderNames.HOST, Door.NAME);
        context.writeAndFlush(request);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
        if (response.status().code() == 200) {
            there = true;
            held.there();
        } else {
            held.gone("answer: " + response.status() + " (expected: 200)", there);
            there = true;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        held.gone("the proxy closed it", there);
    }
}
