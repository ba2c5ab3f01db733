/**
 * Which route a request takes, and why.
 */
@NullMarked
package io.suimon.engine.routing;

import org.jspecify.annotations.NullMarked;
