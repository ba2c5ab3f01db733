/**
 * Health checks: one checker per upstream whatever the number of routes that share it, kept while configurations come and go.
 *
 * <p>Everything belongs to one event loop that carries no traffic, and is touched on it only, unless it says otherwise.
 */
@NullMarked
package io.suimon.dataplane.health;

import org.jspecify.annotations.NullMarked;
