package io.suimon.dataplane.upstream;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the addresses of names: the hosts file, then DNS, remembered for as long as the answer says. Never blocks.
 *
 * <p>Names come from configurations only, which bounds how many are remembered.
 */
public final class NameResolver implements AutoCloseable {

    private static final int MAX_TTL_SECONDS = 300;
    private static final int NEGATIVE_TTL_SECONDS = 1;
    private static final long QUERY_TIMEOUT_MILLIS = 5_000;

    private final EventLoop eventLoop;
    private final Class<? extends DatagramChannel> channelType;
    private @Nullable DnsNameResolver dns;

    public NameResolver(EventLoop eventLoop, Class<? extends DatagramChannel> channelType) {
        this.eventLoop = eventLoop;
        this.channelType = channelType;
    }

    /** The address this text is, or null when it is a name. */
    public static @Nullable InetAddress literal(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        byte[] bytes =
                NetUtil.createByteArrayFromIpAddressString(bracketed ? host.substring(1, host.length() - 1) : host);
        if (bytes == null) {
            return null;
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // four or sixteen bytes are an address
        }
    }

    /** Passes on the addresses of a name, on the event loop; none when there are none or nobody knows. */
    public void resolve(String name, Consumer<List<InetAddress>> taker) {
        resolver()
                .resolveAll(name)
                .addListener((io.netty.util.concurrent.Future<List<InetAddress>> found) ->
                        taker.accept(found.isSuccess() ? found.getNow() : List.of()));
    }

    private DnsNameResolver resolver() {
        if (dns == null) {
            dns = new DnsNameResolverBuilder(eventLoop)
                    .datagramChannelType(channelType)
                    .ttl(0, MAX_TTL_SECONDS)
                    .negativeTtl(NEGATIVE_TTL_SECONDS)
                    .queryTimeoutMillis(QUERY_TIMEOUT_MILLIS)
                    .build();
        }
        return dns;
    }

    @Override
    public void close() {
        if (dns != null) {
            dns.close();
        }
    }
}
