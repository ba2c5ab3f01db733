/**
 * HTTP/1.1 framing on bytes (RFC 9112): heads into offsets, bodies into parts, nothing else. What is ambiguous is refused.
 *
 * <p>Nothing here knows of sockets, routes or upstreams; the same classes read requests and responses. Not thread-safe: each object
 * belongs to one connection, or one event loop.
 */
@NullMarked
package io.suimon.dataplane.http1;

import org.jspecify.annotations.NullMarked;
