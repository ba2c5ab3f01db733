package io.suimon.dataplane.listener;

import io.netty.channel.Channel;
import io.suimon.dataplane.proxy.DownstreamConnection;
import io.suimon.dataplane.proxy.NewClient;
import io.suimon.dataplane.proxy.TrafficLoop;
import io.suimon.engine.tls.TlsSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The protocols that clients may speak, and who speaks each: the one place that knows them all. */
final class Protocols {

    private static final String HTTP_1 = "http/1.1";
    private static final String HTTP_2 = "h2";

    private final @Nullable Http2Limits http2;

    /** @param http2 null where HTTP/2 is not spoken */
    Protocols(@Nullable Http2Limits http2) {
        this.http2 = http2;
    }

    /** Their names in ALPN, the most wanted first. */
    List<String> names() {
        return http2 == null ? List.of(HTTP_1) : List.of(HTTP_2, HTTP_1);
    }

    /**
     * Puts who speaks a protocol at the end of the pipeline.
     *
     * @param agreed by ALPN; null when nothing was
     */
    void speak(TrafficLoop loop, Channel channel, @Nullable TlsSession session, @Nullable String agreed) {
        if (http2 != null && HTTP_2.equals(agreed)) {
            Http2Client.speak(loop, channel, session, http2);
        } else {
            channel.pipeline().addLast(new DownstreamConnection(loop, channel, NewClient.of(channel, session), false));
        }
    }

    /** As {@link #speak}, without TLS: the first bytes tell. */
    void detect(TrafficLoop loop, Channel channel) {
        var http1 = new DownstreamConnection(loop, channel, NewClient.of(channel, null), false);
        var limits = http2;
        if (limits != null) {
            channel.pipeline()
                    .addLast(new PrefaceDetector(found -> Http2Client.takeOver(loop, found.channel(), http1, limits)));
        }
        channel.pipeline().addLast(http1);
    }
}
