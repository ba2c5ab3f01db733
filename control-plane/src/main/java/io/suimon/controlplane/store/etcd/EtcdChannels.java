package io.suimon.controlplane.store.etcd;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Opens channels to members, as the settings and the TLS files of the moment want them. Thread-safe. */
final class EtcdChannels {

    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int KEEP_ALIVE_SECONDS = 10; // etcd refuses more often than each 5 s
    private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 20; // slow is not dead
    static final int MAX_MESSAGE_BYTES = 32 << 20;

    /**
     * A channel.
     *
     * @param tls what it was made with; null without TLS
     */
    record Opened(ManagedChannel channel, @Nullable SslContext tls) {}

    private final EtcdTls tls;

    EtcdChannels(EtcdTls tls) {
        this.tls = tls;
    }

    /** A channel that connects with its first call. */
    Opened open(EtcdEndpoint endpoint) throws SSLException {
        var builder = NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port())
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .disableRetry();
        if (!endpoint.tls()) {
            return new Opened(builder.usePlaintext().build(), null);
        }
        tls.serverName().ifPresent(builder::overrideAuthority);
        var context = tls.context();
        return new Opened(builder.sslContext(context).build(), context);
    }

    /** Whether a channel was made with the files as they are now; it is, too, where they cannot be used now. */
    boolean isCurrent(Opened opened) {
        return opened.tls() == null || tls.isCurrent(opened.tls());
    }

    /** Why there is no channel, on one line. */
    static String describe(EtcdEndpoint endpoint, SSLException e) {
        return "etcd " + endpoint + ": the TLS files cannot be used: " + e.getMessage();
    }
}
