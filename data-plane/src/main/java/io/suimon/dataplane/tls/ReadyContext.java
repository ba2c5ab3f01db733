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

    /** Runs this once a handshake may go on with it: what has to be shown beside its certificate is there, or will not be in time. */
    void whenSettled(Runnable then) {
        offer.whenSettled(() -> withoutEcdsa.whenSettled(then));
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
