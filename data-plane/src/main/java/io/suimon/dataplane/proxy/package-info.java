/**
 * The life of one exchange: read, match, filter, pick, forward, answer, log.
 *
 * <p>Everything here belongs to one event loop and is touched on it only, unless it says otherwise.
 */
@NullMarked
package io.suimon.dataplane.proxy;

import org.jspecify.annotations.NullMarked;
