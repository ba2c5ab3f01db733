/**
 * HTTP/2 as HTTP/1.1 and back: each stream is a channel whose other end speaks HTTP/1.1, so that all behind it is the same for both.
 */
@NullMarked
package io.suimon.dataplane.http2;

import org.jspecify.annotations.NullMarked;
