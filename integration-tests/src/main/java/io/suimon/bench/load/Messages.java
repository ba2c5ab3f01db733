package io.suimon.bench.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import java.net.URI;
import java.time.Duration;

/**
 * Messages through WebSockets to an origin that sends them back, by a client of ours: on each connection the next one when the last is
 * back.
 *
 * @param bytes of a message
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failure ends the connection, and that is heard of
public record Messages(int connections, int bytes) implements Load {

    @Override
    public Answered run(Door door, int seconds) {
        try (var loop = new Loop("messages")) {
            var run = new Run(Duration.ofSeconds(seconds));
            var uri = URI.create("ws://" + Door.ADDRESS + ":" + door.port() + OwnOrigin.ECHO_PATH);
            var bootstrap = loop.client()
                    .remoteAddress(Door.ADDRESS, door.port())
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            var settings = WebSocketClientProtocolConfig.newBuilder()
                                    .webSocketUri(uri)
                                    .build();
                            channel.pipeline()
                                    .addLast(new HttpClientCodec())
                                    .addLast(new HttpObjectAggregator(OwnOrigin.MOST))
                                    .addLast(new WebSocketClientProtocolHandler(settings))
                                    .addLast(new BackAndForth(bytes, run));
                        }
                    });
            loop.execute(() -> {
                for (int i = 0; i < connections; i++) {
                    run.opened();
                    bootstrap.connect().addListener((ChannelFutureListener) connected -> {
                        if (!connected.isSuccess()) {
                            run.failed("connecting: " + connected.cause().getMessage());
                            run.closed();
                        }
                    });
                }
            });
            return run.await();
        }
    }
}
