package io.suimon.dataplane.tls;

import io.suimon.engine.tls.ClientIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Whom a connection to an upstream is for: one made for another must not carry the request.
 *
 * @param name the server asked for, without a port; a name, or an address without brackets
 * @param identity what the upstream is shown; null is nothing
 */
public record OriginPeer(String name, @Nullable ClientIdentity identity) {}
