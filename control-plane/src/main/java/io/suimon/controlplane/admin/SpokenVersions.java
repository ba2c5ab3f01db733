package io.suimon.controlplane.admin;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Has requests of versions of HTTP that are not spoken here treated as malformed: what reaches Vert.x is answered an empty 501.
 *
 * <p>One for all connections; lives on their event loops.
 */
@ChannelHandler.Sharable
final class SpokenVersions extends ChannelInboundHandlerAdapter {

    /** By identity: one that is spelt otherwise ({@code http/1.1}) is an equal object, and Vert.x takes it for none of these. */
    private static final Set<HttpVersion> SPOKEN = Collections.newSetFromMap(new IdentityHashMap<>());

    static {
        SPOKEN.add(HttpVersion.HTTP_1_0);
        SPOKEN.add(HttpVersion.HTTP_1_1);
    }

    /** Why such a request failed. */
    static final class NotSpokenException extends Exception {

        private static final long serialVersionUID = 1L;

        private NotSpokenException(HttpVersion version) {
            super("HTTP version: " + version + " (expected: HTTP/1.0 or HTTP/1.1)", null, false, false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && !SPOKEN.contains(request.protocolVersion())) {
            if (request.decoderResult().isSuccess()) {
                request.setDecoderResult(DecoderResult.failure(new NotSpokenException(request.protocolVersion())));
            }
            request.setProtocolVersion(HttpVersion.HTTP_1_1); // which it is answered in
        }
        context.fireChannelRead(message);
    }
}
