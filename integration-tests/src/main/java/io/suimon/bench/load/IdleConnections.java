package io.suimon.bench.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Connections that were asked one thing each, and then say nothing until they are closed. They come from several addresses, so that
 * their ports do not run out.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failure ends the connection, and that is heard of
public final class IdleConnections implements AutoCloseable {

    private static final int PER_ADDRESS = 1_000;
    private static final int ADDRESSES = 250;
    private static final int AT_A_TIME = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Loop loop = new Loop("idle");
    private final Held held;
    private final Door door;
    private final String path;
    private final int count;
    private int begun;

    private IdleConnections(int count, Door door, String path) {
        this.count = count;
        this.door = door;
        this.path = path;
        this.held = new Held(new CountDownLatch(count), this::connect);
    }

    /** Opens them, and waits until each was answered. */
    public static IdleConnections open(int count, Door door, String path) {
        var opened = new IdleConnections(count, door, path);
        opened.loop.execute(() -> {
            for (int i = 0; i < Math.min(count, AT_A_TIME); i++) {
                opened.connect();
            }
        });
        try {
            if (!opened.held.waiting().await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                opened.loop.close();
                throw new FailedLoadException(opened.held.waiting().getCount() + " of " + count
                        + " idle connections are not there after " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        opened.demandAll();
        return opened;
    }

    /** Fails when the proxy has ended one of them. */
    public void demandAll() {
        if (held.lost() > 0) {
            throw new FailedLoadException(
                    held.lost() + " of " + count + " idle connections were not held: " + held.reason());
        }
    }

    /** The next one, if there is one to come; on the event loop. */
    private void connect() {
        if (begun == count) {
            return;
        }
        var from = "127.0.0." + (2 + begun / PER_ADDRESS % ADDRESSES);
        begun++;
        loop.client()
                .localAddress(from, 0)
                .remoteAddress(Door.ADDRESS, door.port())
                .option(ChannelOption.SO_LINGER, 0) // closed without TIME_WAIT, of which there would be many
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(1 << 16))
                                .addLast(new AskedOnce(path, held));
                    }
                })
                .connect()
                .addListener((ChannelFutureListener) connected -> {
                    if (!connected.isSuccess()) {
                        held.gone("connecting: " + connected.cause().getMessage(), false);
                    }
                });
    }

    @Override
    public void close() {
        held.closing();
        loop.close();
    }
}
