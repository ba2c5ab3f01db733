package io.suimon.dataplane.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.suimon.dataplane.proxy.DownstreamConnection;
import io.suimon.dataplane.proxy.TrafficLoop;
import io.suimon.engine.tls.TlsSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The protocols that clients may speak, and who speaks each: the one place that knows them all. */
final class Protocols {

    /** Makes the handler at the end of a connection's pipeline. */
    @FunctionalInterface
    private interface Speaker {
        ChannelHandler on(TrafficLoop loop, Channel channel, @Nullable TlsSession session);
    }

    private record Protocol(String name, Speaker speaker) {}

    /** What is spoken where nothing was agreed on. */
    private static final Protocol HTTP_1 = new Protocol("http/1.1", DownstreamConnection::new);

    /** The most wanted first. */
    private static final List<Protocol> ALL = List.of(HTTP_1);

    private Protocols() {}

    /** Their names in ALPN, the most wanted first. */
    static List<String> names() {
        return ALL.stream().map(Protocol::name).toList();
    }

    /**
     * Puts who speaks a protocol at the end of the pipeline.
     *
     * @param agreed by ALPN; null when nothing was
     */
    static void speak(TrafficLoop loop, Channel channel, @Nullable TlsSession session, @Nullable String agreed) {
        var spoken = HTTP_1;
        for (var protocol : ALL) {
            if (protocol.name().equals(agreed)) {
                spoken = protocol;
            }
        }
        channel.pipeline().addLast(spoken.speaker().on(loop, channel, session));
    }
}
