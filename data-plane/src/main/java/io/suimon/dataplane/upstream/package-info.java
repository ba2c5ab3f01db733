/**
 * Connections to origins: pools per event loop, name look-ups, who is next, and what became of a try.
 *
 * <p>Everything here belongs to one event loop and is touched on it only, unless it says otherwise.
 */
@NullMarked
package io.suimon.dataplane.upstream;

import org.jspecify.annotations.NullMarked;
