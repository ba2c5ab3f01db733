package io.suimon.dataplane.sync;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.suimon.proto.SyncProtocol;
import io.suimon.proto.sync.v1.ConfigSyncGrpc;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Opens channels to control planes: which one, how protected, with which limits. One thread at a time. */
final class ControlPlaneChannels implements AutoCloseable {

    /** A name that stands for several addresses is not always answered by the first of them. */
    private static final Map<String, ?> SPREAD =
            Map.of("loadBalancingConfig", List.of(Map.of("pick_first", Map.of("shuffleAddressList", Boolean.TRUE))));

    /**
     * What a control plane may send ahead of what this node has read. Fixed: to find one, gRPC would send a ping with every message and
     * wait for its answer, which costs about as much as the message.
     */
    private static final int WINDOW_BYTES = 4 * SyncProtocol.MESSAGE_BYTES;

    private static final long CLOSE_MILLIS = 500;

    /**
     * Of the threads that take changes in: a change may wait for a request, a request not for a change. What the system makes of it is up to
     * the JVM's options.
     */
    static final int PRIORITY = Thread.MIN_PRIORITY;

    private final SyncConfig config;
    private final List<ControlPlaneAddress> addresses;
    private final Optional<SslContext> tls;
    private final RandomGenerator random;
    private final EventLoopGroup loop =
            new NioEventLoopGroup(1, new DefaultThreadFactory("suimon-sync-io", true, PRIORITY));

    /**
     * @throws IOException when the settings do not allow a connection; its message is one line for people
     */
    ControlPlaneChannels(SyncConfig config, RandomGenerator random) throws IOException {
        this.config = config;
        this.random = random;
        this.addresses = parse(config.addresses());
        this.tls = SyncTls.of(config, addresses);
    }

    private static List<ControlPlaneAddress> parse(List<String> texts) {
        return texts.stream().map(String::strip).map(ControlPlaneAddress::parse).toList();
    }

    /**
     * One of the addresses, at random.
     *
     * @param failed the one that just failed: another is taken where there is one
     */
    ControlPlaneAddress pick(@Nullable ControlPlaneAddress failed) {
        var others =
                addresses.stream().filter(address -> !address.equals(failed)).toList();
        var candidates = others.isEmpty() ? addresses : others;
        return candidates.get(random.nextInt(candidates.size()));
    }

    ManagedChannel open(ControlPlaneAddress address, Executor executor) {
        var builder = NettyChannelBuilder.forAddress(address.host(), address.port())
                .executor(executor)
                .eventLoopGroup(loop)
                .channelType(NioSocketChannel.class)
                .withOption(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(config.connectTimeout().toMillis()))
                .keepAliveTime(config.silenceTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(config.silenceTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .maxInboundMessageSize(SyncProtocol.MESSAGE_BYTES)
                .flowControlWindow(WINDOW_BYTES)
                .defaultServiceConfig(SPREAD)
                .disableRetry();
        tls.ifPresentOrElse(builder::sslContext, builder::usePlaintext);
        return builder.build();
    }

    /** The thread that reads and writes the connections. */
    Executor connection() {
        return loop;
    }

    ConfigSyncGrpc.ConfigSyncStub stub(ManagedChannel channel) {
        var stub = ConfigSyncGrpc.newStub(channel);
        if (config.joinToken().isEmpty()) {
            return stub;
        }
        var headers = new Metadata();
        headers.put(SyncProtocol.JOIN_TOKEN, config.joinToken().get());
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MILLIS);
    }
}
