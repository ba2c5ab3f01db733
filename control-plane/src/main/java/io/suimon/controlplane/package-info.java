/** The control plane: the writer of configuration. */
@NullMarked
package io.suimon.controlplane;

import org.jspecify.annotations.NullMarked;
