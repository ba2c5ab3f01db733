package io.suimon.dataplane.tls;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake needs.
 *
 * @param withoutEcdsa for clients that cannot check signatures by elliptic-curve keys; the same as {@code offer} where there is no
 *     choice, or the library makes it
 * @param trust who vouches for the peer; null where it is not asked
 */
record ReadyContext(
        Offer offer, Offer withoutEcdsa, @Nullable PeerTrust trust) {

    /** One for every client. */
    static ReadyContext of(Offer offer, @Nullable PeerTrust trust) {
        return new ReadyContext(offer, offer, trust);
    }

    SslContext context() {
        return offer.context();
    }

    /** Lets go of it; connections that use it go on, as each holds it by itself. */
    @SuppressWarnings("ReferenceEquality") // offers are who they are
    void release() {
        offer.release();
        if (offer != withoutEcdsa) {
            withoutEcdsa.release();
        }
    }
}
