package io.suimon.engine.tls;

import org.jspecify.annotations.Nullable;

/**
 * What a connection of a client came to in its handshake.
 *
 * @param serverName whom the client asked for, in lower case; null when it did not say
 * @param protocol {@code TLSv1.3}
 * @param cipher as OpenSSL calls it
 * @param id of the session, in hexadecimal; empty where there is none
 * @param resumed whether an earlier handshake was gone on with
 * @param policy of the certificate the client was shown
 */
public record TlsSession(
        @Nullable String serverName,
        String protocol,
        String cipher,
        String id,
        boolean resumed,
        ClientProof client,
        ClientPolicy policy) {}
