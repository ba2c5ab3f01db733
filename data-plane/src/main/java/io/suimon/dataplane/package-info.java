/** The node: one process that carries traffic. */
@NullMarked
package io.suimon.dataplane;

import org.jspecify.annotations.NullMarked;
