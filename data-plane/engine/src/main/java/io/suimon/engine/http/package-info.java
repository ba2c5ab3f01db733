/**
 * What a plugin sees of an exchange: heads, headers, variables' sources. Bytes and offsets; no sockets.
 *
 * <p>Text from the wire is a Java string with one char per byte (ISO 8859-1), so that any byte survives a round trip; text from a
 * configuration becomes such text once, when it is compiled, through {@link io.suimon.engine.http.WireText}.
 */
@NullMarked
package io.suimon.engine.http;

import org.jspecify.annotations.NullMarked;
