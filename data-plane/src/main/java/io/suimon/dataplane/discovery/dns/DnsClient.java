package io.suimon.dataplane.discovery.dns;

import io.netty.channel.AddressedEnvelope;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.util.concurrent.Future;
import io.suimon.dataplane.listener.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers, one after the other until one says something, beginning with the one that did the last time. What does not fit into a
 * datagram is asked for on a connection. Of one event loop.
 */
final class DnsClient implements AutoCloseable {

    private static final int MAX_PAYLOAD = 1232;

    private final EventLoop loop;
    private final Transport transport;
    private List<InetSocketAddress> servers;
    private final Duration timeout;
    private @Nullable DnsNameResolver netty;
    private int preferred;

    /** @param timeout for one server and question */
    DnsClient(EventLoop loop, Transport transport, List<InetSocketAddress> servers, Duration timeout) {
        this.loop = loop;
        this.transport = transport;
        this.servers = List.copyOf(servers);
        this.timeout = timeout;
    }

    /** On the event loop: asks these from now on. */
    void use(List<InetSocketAddress> others) {
        servers = List.copyOf(others);
        preferred = 0;
    }

    /** On the event loop. What it returns is complete there, and never exceptionally. */
    CompletableFuture<Reply> ask(String name, DnsRecordType type) {
        var answer = new CompletableFuture<Reply>();
        try {
            ask(new DefaultDnsQuestion(name, type), servers, preferred, 0, answer);
        } catch (IllegalArgumentException e) {
            answer.complete(new Reply.Failed(name + " cannot be asked for", false));
        }
        return answer;
    }

    private void ask(
            DnsQuestion question,
            List<InetSocketAddress> among,
            int server,
            int asked,
            CompletableFuture<Reply> answer) {
        var address = among.get(server);
        resolver()
                .query(address, question)
                .addListener((Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> came) -> {
                    var reply = came.isSuccess()
                            ? reply(came.getNow(), address)
                            : new Reply.Failed(text(address) + " does not answer", true);
                    if (reply instanceof Reply.Failed && asked + 1 < among.size()) {
                        ask(question, among, (server + 1) % among.size(), asked + 1, answer);
                    } else {
                        boolean said = !(reply instanceof Reply.Failed) && among.equals(servers);
                        preferred = said ? server : preferred;
                        answer.complete(reply);
                    }
                });
    }

    private static Reply reply(AddressedEnvelope<DnsResponse, InetSocketAddress> envelope, InetSocketAddress from) {
        try {
            var response = envelope.content();
            var code = response.code();
            if (code.equals(DnsResponseCode.NXDOMAIN)) {
                return new Reply.Said(List.of(), List.of());
            }
            if (!code.equals(DnsResponseCode.NOERROR)) {
                return new Reply.Failed(text(from) + " answers " + code, false);
            }
            return response.isTruncated()
                    ? new Reply.Failed(text(from) + " cuts its answer off", false)
                    : Reply.Said.of(response);
        } finally {
            envelope.release();
        }
    }

    private static String text(InetSocketAddress server) {
        return "server " + server.getAddress().getHostAddress() + " port " + server.getPort();
    }

    private DnsNameResolver resolver() {
        if (netty == null) {
            netty = new DnsNameResolverBuilder(loop)
                    .datagramChannelType(transport.datagrams())
                    .socketChannelType(transport.streams())
                    .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
                    .maxPayloadSize(MAX_PAYLOAD)
                    .queryTimeoutMillis(timeout.toMillis())
                    .searchDomains(List.of())
                    .build();
        }
        return netty;
    }

    @Override
    public void close() {
        if (netty != null) {
            netty.close();
        }
    }
}
