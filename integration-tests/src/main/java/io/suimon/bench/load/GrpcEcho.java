package io.suimon.bench.load;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;

/** Sends the messages of one gRPC call back as they come. On its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a failure ends the stream
final class GrpcEcho extends SimpleChannelInboundHandler<Http2StreamFrame> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
        switch (frame) {
            case Http2HeadersFrame head -> {
                var headers = new DefaultHttp2Headers().status("200").set("content-type", "application/grpc");
                context.writeAndFlush(new DefaultHttp2HeadersFrame(headers));
            }
            case Http2DataFrame data -> {
                context.write(new DefaultHttp2DataFrame(data.content().retain()));
                if (data.isEndStream()) {
                    context.write(
                            new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().set("grpc-status", "0"), true));
                }
                context.flush();
            }
            default -> {} // resets end the stream's channel
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
