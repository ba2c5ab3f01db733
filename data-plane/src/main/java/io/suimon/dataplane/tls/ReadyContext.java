package io.suimon.dataplane.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake needs.
 *
 * @param withoutEcdsa for clients that cannot check signatures by elliptic-curve keys; the same as {@code context} where there is no
 *     choice, or the library makes it
 * @param trust who vouches for the peer; null where it is not asked
 */
record ReadyContext(
        SslContext context,
        SslContext withoutEcdsa,
        @Nullable PeerTrust trust) {

    /** One for every client. */
    static ReadyContext of(SslContext context, @Nullable PeerTrust trust) {
        return new ReadyContext(context, context, trust);
    }

    /** Lets go of it; connections that use it go on, as each holds it by itself. */
    @SuppressWarnings("ReferenceEquality") // contexts are who they are
    void release() {
        ReferenceCountUtil.release(context);
        if (context != withoutEcdsa) {
            ReferenceCountUtil.release(withoutEcdsa);
        }
    }
}
