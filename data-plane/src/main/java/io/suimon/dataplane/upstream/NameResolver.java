package io.suimon.dataplane.upstream;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.suimon.process.InvalidSettingException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the addresses of names: the hosts file, then DNS, remembered for as long as the answer says, within bounds. Never blocks.
 *
 * <p>When no server answers, the addresses known before stay good for a time (as RFC 8767 has it): a request waits a moment for an
 * answer, and later ones, until a server is asked again, not at all. An answer that there is no such name is believed.
 *
 * <p>Of one event loop.
 */
public final class NameResolver implements AutoCloseable {

    /** Names come from configurations, and change with them: those used least recently are forgotten. */
    private static final int MAX_NAMES = 10_000;

    private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int DNS_PORT = 53;

    private final EventLoop eventLoop;
    private final Class<? extends DatagramChannel> channelType;
    private final DnsSettings settings;
    private final NameHealth health;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_NAMES;
        }
    };
    private @Nullable DnsNameResolver dns;

    /**
     * What was answered last.
     *
     * @param askAgain nanoseconds; until then no server is asked, as none answered; 0 when one did
     */
    private record Known(List<InetAddress> addresses, long at, long askAgain) {}

    /** @param health shared by all event loops */
    public NameResolver(
            EventLoop eventLoop,
            Class<? extends DatagramChannel> channelType,
            DnsSettings settings,
            NameHealth health) {
        this.eventLoop = eventLoop;
        this.channelType = channelType;
        this.settings = settings;
        this.health = health;
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
        var before = usable(name);
        if (before != null && before.askAgain != 0) {
            if (System.nanoTime() - before.askAgain < 0) {
                health.usedStale();
                taker.accept(before.addresses);
                return;
            }
            unanswered(name, before); // one request waits for what may be no answer, the others do not
        }
        Future<List<InetAddress>> asked = resolver().resolveAll(name);
        if (asked.isDone()) {
            taker.accept(addresses(name, asked));
        } else if (before == null) {
            asked.addListener((Future<List<InetAddress>> answer) -> taker.accept(addresses(name, answer)));
        } else {
            waitAWhile(name, before, asked, taker);
        }
    }

    /** For an answer, or until patience ends; the answer is remembered whenever it comes. */
    private void waitAWhile(
            String name, Known before, Future<List<InetAddress>> asked, Consumer<List<InetAddress>> taker) {
        var patience = eventLoop.schedule(
                () -> {
                    unanswered(name, before);
                    health.usedStale();
                    taker.accept(before.addresses);
                },
                settings.patience().toNanos(),
                TimeUnit.NANOSECONDS);
        asked.addListener((Future<List<InetAddress>> answer) -> {
            var addresses = addresses(name, answer);
            if (patience.cancel(false)) {
                taker.accept(addresses);
            }
        });
    }

    private void unanswered(String name, Known before) {
        known.put(name, new Known(before.addresses, before.at, System.nanoTime() + ASK_AGAIN_NANOS));
    }

    private @Nullable Known usable(String name) {
        var last = known.get(name);
        if (last != null && System.nanoTime() - last.at > settings.stale().toNanos()) {
            known.remove(name);
            return null;
        }
        return last;
    }

    private List<InetAddress> addresses(String name, Future<List<InetAddress>> answer) {
        if (answer.isSuccess()) {
            health.answered(name);
            known.put(name, new Known(answer.getNow(), System.nanoTime(), 0));
            return answer.getNow();
        }
        if (isAnswer(answer.cause())) {
            health.answered(name);
            known.remove(name);
            return List.of();
        }
        health.failed(name, answer.cause());
        var before = usable(name);
        if (before == null) {
            return List.of();
        }
        health.usedStale();
        unanswered(name, before);
        return before.addresses;
    }

    /** Whether a server said that there is no such name, or nothing to it. */
    private static boolean isAnswer(Throwable failure) {
        return failure.getCause() instanceof DnsErrorCauseException said
                && (DnsResponseCode.NXDOMAIN.equals(said.getCode()) || DnsResponseCode.NOERROR.equals(said.getCode()));
    }

    private DnsNameResolver resolver() {
        if (dns == null) {
            var builder = new DnsNameResolverBuilder(eventLoop)
                    .datagramChannelType(channelType)
                    .ttl(settings.minTtlSeconds(), settings.maxTtlSeconds())
                    .negativeTtl(settings.negativeTtlSeconds())
                    .consolidateCacheSize(MAX_NAMES) // one question for all who ask it at the same time
                    .queryTimeoutMillis(settings.timeout().toMillis());
            if (!settings.servers().isEmpty()) {
                builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(settings.servers()));
            }
            if (!settings.search()) {
                builder.searchDomains(List.of());
            }
            dns = builder.build();
        }
        return dns;
    }

    /** A server of traffic's, as {@link #server(String, String)}. */
    public static InetSocketAddress server(String text) {
        return server("suimon.traffic.dns.servers", text);
    }

    /**
     * A server as people write it: an address, with or without a port.
     *
     * @throws InvalidSettingException naming the setting when it is none
     */
    public static InetSocketAddress server(String setting, String text) {
        int colon = text.lastIndexOf(':');
        boolean port = colon >= 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        var address = literal(port ? text.substring(0, colon) : text);
        var digits = port ? text.substring(colon + 1) : Integer.toString(DNS_PORT);
        if (address == null || !digits.matches("[1-9]\\d{0,4}") || Integer.parseInt(digits) > 65_535) {
            throw new InvalidSettingException(setting, text, "an address such as 10.0.0.53 or [fd00::53]:5353");
        }
        return new InetSocketAddress(address, Integer.parseInt(digits));
    }

    @Override
    public void close() {
        if (dns != null) {
            dns.close();
        }
    }
}
