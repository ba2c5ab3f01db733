package io.suimon.dataplane.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake goes on with.
 *
 * @param staple what is shown beside the certificate; null where nothing is
 */
record Offer(SslContext context, @Nullable Staple staple) {

    /** For one connection. */
    SslHandler handler(ByteBufAllocator allocator) {
        var handler = context.newHandler(allocator);
        var status = staple == null ? null : staple.bytes();
        if (status != null) {
            TlsLibrary.show(handler.engine(), status);
        }
        return handler;
    }

    /** Runs this once a handshake may go on with it. */
    void whenSettled(Runnable then) {
        if (staple == null) {
            then.run();
        } else {
            staple.whenSettled(then);
        }
    }

    void release() {
        if (staple != null) {
            staple.drop();
        }
        ReferenceCountUtil.release(context);
    }
}
