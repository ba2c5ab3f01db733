package io.suimon.engine.tls;

import io.suimon.engine.resource.Certificate;
import java.util.List;

/**
 * What an upstream is shown when it asks who is there.
 *
 * @param pairs never empty
 */
public record ClientIdentity(List<Certificate.Pair> pairs) {

    public ClientIdentity {
        pairs = List.copyOf(pairs);
    }
}
