/**
 * TLS on both sides: what a client's handshake is answered with, and how upstreams are spoken to. The only place that knows which
 * library does it.
 */
@NullMarked
package io.suimon.dataplane.tls;

import org.jspecify.annotations.NullMarked;
