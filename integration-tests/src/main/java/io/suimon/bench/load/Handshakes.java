package io.suimon.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;

/**
 * A new connection over TLS for every request, by a client of ours that keeps no session: each handshake is a full one. (wrk with {@code
 * Connection: close} resumes sessions, and {@code openssl s_time} has one connection at a time and no percentiles.)
 *
 * @param connections at a time
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failure ends the connection, and that is heard of
public record Handshakes(int connections, String path) implements Load {

    @Override
    public Answered run(Door door, int seconds) {
        try (var loop = new Loop("handshakes")) {
            var run = new Run(Duration.ofSeconds(seconds));
            var bootstrap = loop.client().remoteAddress(Door.ADDRESS, door.tlsPort());
            var tls = client();
            loop.execute(() -> {
                for (int i = 0; i < connections; i++) {
                    run.opened();
                    connect(bootstrap, tls, run);
                }
            });
            return run.await();
        }
    }

    private void connect(Bootstrap bootstrap, SslContext tls, Run run) {
        long began = System.nanoTime();
        bootstrap
                .clone()
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(handler(tls, channel))
                                .addLast(new OneRequest(path, run, began, () -> next(bootstrap, tls, run)));
                    }
                })
                .connect()
                .addListener((ChannelFutureListener) connected -> {
                    if (!connected.isSuccess()) {
                        run.failed("connecting: " + connected.cause().getMessage());
                        run.closed();
                    }
                });
    }

    private void next(Bootstrap bootstrap, SslContext tls, Run run) {
        if (run.goesOn()) {
            connect(bootstrap, tls, run);
        } else {
            run.closed();
        }
    }

    /** Says the server's name; its sessions are not found again, since they are not told apart by any. */
    private static io.netty.handler.ssl.SslHandler handler(SslContext tls, Channel channel) {
        var handler = tls.newHandler(channel.alloc());
        var parameters = handler.engine().getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(Door.NAME)));
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    private static SslContext client() {
        try {
            return SslContextBuilder.forClient()
                    .protocols("TLSv1.3")
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }
}
