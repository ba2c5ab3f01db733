/**
 * What handshakes are answered with and ask for: certificates by server name, who may come without one, and what a connection turned
 * out to be. No sockets: both planes know it.
 */
@NullMarked
package io.suimon.engine.protobuf;

import org.jspecify.annotations.NullMarked;
