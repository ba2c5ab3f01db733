/**
 * What a plugin sees of an exchange: heads, headers, variables' sources. Bytes and offsets; no sockets. Its text is
 * {@linkplain io.suimon.engine.text.WireText text from the wire}.
 */
@NullMarked
package io.suimon.engine.http;

import org.jspecify.annotations.NullMarked;
