package io.suimon.dataplane.tls;

import io.suimon.engine.tls.ClientPolicy;
import org.jspecify.annotations.Nullable;

/** What is known of one handshake before it is over. Touched on the connection's event loop only. */
final class Handshake {

    private final long began;
    private @Nullable String serverName;
    private ClientPolicy policy = ClientPolicy.OPEN;
    private @Nullable PeerTrust trust;
    private boolean ecdsa = true;

    /** @param began when, in milliseconds since the epoch */
    Handshake(long began) {
        this.began = began;
    }

    /** Whom the client asked for, and what that one's certificate asks of clients. */
    void found(@Nullable String name, ClientPolicy itsPolicy) {
        serverName = name;
        policy = itsPolicy;
    }

    void acceptsEcdsa(boolean accepts) {
        ecdsa = accepts;
    }

    boolean acceptsEcdsa() {
        return ecdsa;
    }

    void trust(@Nullable PeerTrust inClients) {
        trust = inClients;
    }

    long began() {
        return began;
    }

    @Nullable
    String serverName() {
        return serverName;
    }

    ClientPolicy policy() {
        return policy;
    }

    @Nullable
    PeerTrust trust() {
        return trust;
    }
}
