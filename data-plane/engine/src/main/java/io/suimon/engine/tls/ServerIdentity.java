package io.suimon.engine.tls;

import io.suimon.engine.resource.Certificate;
import io.suimon.engine.resource.Certificate.ClientVerification;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything of an {@code ssls} object that a handshake depends on. Equal ones are answered alike, whatever objects they are from and
 * whatever else those say.
 *
 * @param pairs offered together; never empty
 * @param client whether clients have to show a certificate; null means they are not asked
 * @param protocols the TLS versions; empty means the listener's
 */
public record ServerIdentity(
        List<Certificate.Pair> pairs, @Nullable ClientVerification client, Set<String> protocols) {

    public ServerIdentity {
        pairs = List.copyOf(pairs);
        protocols = Set.copyOf(protocols);
    }
}
