package io.suimon.engine.tls;

import io.suimon.engine.resource.Certificate;

/**
 * An {@code ssls} object as handshakes meet it.
 *
 * @param policy what its connections may be used for
 */
public record ServerCertificate(ServerIdentity identity, ClientPolicy policy) {

    /** The runtime form of an object for servers. */
    public static ServerCertificate of(Certificate certificate) {
        return new ServerCertificate(
                new ServerIdentity(certificate.pairs(), certificate.client(), certificate.protocols()),
                ClientPolicy.of(certificate.client()));
    }
}
