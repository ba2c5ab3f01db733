package io.suimon.bench.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** An origin of ours, where nginx is none; on an event loop of its own. */
public final class OwnOrigin implements AutoCloseable {

    /** Where the one for WebSockets takes them. */
    public static final String ECHO_PATH = "/echo";

    /** Bytes of the head that asks for the switch of protocols. */
    static final int MOST = 8_192;

    private final Loop loop;
    private final Channel listener;

    private OwnOrigin(String name, Consumer<ChannelPipeline> handlers) {
        loop = new Loop(name);
        listener = loop.server()
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        handlers.accept(channel.pipeline());
                    }
                })
                .bind(Door.ADDRESS, 0)
                .syncUninterruptibly()
                .channel();
    }

    /** One that sends back the messages of WebSockets. */
    public static OwnOrigin echo() {
        return new OwnOrigin(
                "echo",
                pipeline -> pipeline.addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(MOST))
                        .addLast(new WebSocketServerProtocolHandler(ECHO_PATH))
                        .addLast(new Echo()));
    }

    /** One that reads a whole body before it answers; nginx would answer at once. */
    public static OwnOrigin ofBodies() {
        return new OwnOrigin(
                "bodies", pipeline -> pipeline.addLast(new HttpServerCodec()).addLast(new WholeBody()));
    }

    /** One of gRPC that sends back the messages of its calls. */
    public static OwnOrigin grpcEcho() {
        return new OwnOrigin(
                "grpc",
                pipeline -> pipeline.addLast(Http2FrameCodecBuilder.forServer().build())
                        .addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel stream) {
                                stream.pipeline().addLast(new GrpcEcho());
                            }
                        })));
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        loop.close();
    }
}
